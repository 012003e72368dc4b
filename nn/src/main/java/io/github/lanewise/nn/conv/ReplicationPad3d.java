package io.github.lanewise.nn.conv;

/** Surrounds volumes with copies of the last elements. */
public final class ReplicationPad3d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ReplicationPad3d(int padding) {
        this(padding, padding, padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ReplicationPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(PaddingMode.REPLICATION, 0, left, right, top, bottom, front, back);
    }
}
