package io.github.lanewise.nn.conv;

/** Surrounds images with copies of the last element. */
public final class ReplicationPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ReplicationPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ReplicationPad2d(int left, int right, int top, int bottom) {
        super(true, left, right, top, bottom);
    }

    @Override
    int outside(int position, int size) {
        return position < 0 ? 0 : size - 1;
    }

    @Override
    int most(int size) {
        return Integer.MAX_VALUE;
    }
}
