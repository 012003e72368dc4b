package io.github.lanewise.nn.conv;

/** Surrounds images with copies of the last elements. */
public final class ReplicationPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ReplicationPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ReplicationPad2d(int left, int right, int top, int bottom) {
        super(PaddingMode.REPLICATION, 0, left, right, top, bottom);
    }
}
