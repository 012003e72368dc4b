package io.github.lanewise.nn.conv;

/** Surrounds volumes with one number. Negative numbers cut elements off. */
public final class ConstantPad3d extends PaddingLayer {

    /**
     * Makes a layer that puts so many elements at each side.
     *
     * @throws IllegalArgumentException if the number is NaN
     */
    public ConstantPad3d(int padding, float value) {
        this(padding, padding, padding, padding, padding, padding, value);
    }

    /**
     * Makes a layer that puts so many elements at the sides, in PyTorch's order.
     *
     * @throws IllegalArgumentException if the number is NaN
     */
    public ConstantPad3d(
            int left, int right, int top, int bottom, int front, int back, float value) {
        super(PaddingMode.CONSTANT, value, left, right, top, bottom, front, back);
    }
}
