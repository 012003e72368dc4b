package io.github.lanewise.nn.conv;

/** Surrounds sequences with one number. Negative numbers cut elements off. */
public final class ConstantPad1d extends PaddingLayer {

    /**
     * Makes a layer that puts so many elements at either end.
     *
     * @throws IllegalArgumentException if the number is NaN
     */
    public ConstantPad1d(int padding, float value) {
        this(padding, padding, value);
    }

    /**
     * Makes a layer that puts so many elements at the ends.
     *
     * @throws IllegalArgumentException if the number is NaN
     */
    public ConstantPad1d(int left, int right, float value) {
        super(PaddingMode.CONSTANT, value, left, right);
    }
}
