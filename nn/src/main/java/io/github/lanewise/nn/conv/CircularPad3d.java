package io.github.lanewise.nn.conv;

/**
 * Surrounds volumes with the elements of the other end. Each number must be at most the size of its
 * side.
 */
public final class CircularPad3d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public CircularPad3d(int padding) {
        this(padding, padding, padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public CircularPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(PaddingMode.CIRCULAR, 0, left, right, top, bottom, front, back);
    }
}
