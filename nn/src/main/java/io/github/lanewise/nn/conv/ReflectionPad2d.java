package io.github.lanewise.nn.conv;

/**
 * Surrounds images with the elements mirrored at the last one, which is not repeated. Each number
 * must be below the size of its side.
 */
public final class ReflectionPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ReflectionPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ReflectionPad2d(int left, int right, int top, int bottom) {
        super(PaddingMode.REFLECTION, 0, left, right, top, bottom);
    }
}
