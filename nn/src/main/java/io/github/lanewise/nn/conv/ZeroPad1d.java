package io.github.lanewise.nn.conv;

/** Surrounds sequences with zeros. Negative numbers cut elements off. */
public final class ZeroPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public ZeroPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public ZeroPad1d(int left, int right) {
        super(PaddingMode.ZERO, 0, left, right);
    }
}
