package io.github.lanewise.nn.conv;

/** Surrounds sequences with copies of the last elements. */
public final class ReplicationPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public ReplicationPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public ReplicationPad1d(int left, int right) {
        super(PaddingMode.REPLICATION, 0, left, right);
    }
}
