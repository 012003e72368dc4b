package io.github.lanewise.nn.conv;

/**
 * Surrounds sequences with the elements mirrored at the last one, which is not repeated. Each
 * number must be below the size of its side.
 */
public final class ReflectionPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public ReflectionPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public ReflectionPad1d(int left, int right) {
        super(PaddingMode.REFLECTION, 0, left, right);
    }
}
