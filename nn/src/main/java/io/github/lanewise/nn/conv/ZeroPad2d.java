package io.github.lanewise.nn.conv;

/** Surrounds images with zeros. Negative numbers cut elements off. */
public final class ZeroPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ZeroPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ZeroPad2d(int left, int right, int top, int bottom) {
        super(PaddingMode.ZERO, 0, left, right, top, bottom);
    }
}
