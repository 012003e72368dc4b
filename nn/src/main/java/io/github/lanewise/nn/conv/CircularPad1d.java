package io.github.lanewise.nn.conv;

/**
 * Surrounds sequences with the elements of the other end. Each number must be at most the size of
 * its side.
 */
public final class CircularPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public CircularPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public CircularPad1d(int left, int right) {
        super(PaddingMode.CIRCULAR, 0, left, right);
    }
}
