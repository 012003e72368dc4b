package io.github.lanewise.nn.conv;

/** Surrounds sequences with copies of the last element. */
public final class ReplicationPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public ReplicationPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public ReplicationPad1d(int left, int right) {
        super(false, left, right, 0, 0);
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
