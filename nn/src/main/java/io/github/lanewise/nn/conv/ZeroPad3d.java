package io.github.lanewise.nn.conv;

/** Surrounds volumes with zeros. Negative numbers cut elements off. */
public final class ZeroPad3d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ZeroPad3d(int padding) {
        this(padding, padding, padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ZeroPad3d(int left, int right, int top, int bottom, int front, int back) {
        super(PaddingMode.ZERO, 0, left, right, top, bottom, front, back);
    }
}
