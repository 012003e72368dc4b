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
        super(true, left, right, top, bottom);
    }

    @Override
    int outside(int position, int size) {
        return position < 0 ? -position : 2 * (size - 1) - position;
    }

    @Override
    int most(int size) {
        return size - 1;
    }
}
