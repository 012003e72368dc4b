package io.github.lanewise.nn.conv;

/**
 * Surrounds images with the elements of the other end. Each number must be at most the size of its
 * side.
 */
public final class CircularPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public CircularPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public CircularPad2d(int left, int right, int top, int bottom) {
        super(PaddingMode.CIRCULAR, 0, left, right, top, bottom);
    }
}
