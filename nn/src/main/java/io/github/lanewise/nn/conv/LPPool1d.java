package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;

/**
 * Takes the p-norm of each window of each channel of sequences of channels x length; see {@link
 * LPPool}.
 */
public final class LPPool1d extends LPPool {

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @param normType the p of the norm
     * @throws IllegalArgumentException if normType is 0, or a number is below 1
     */
    public LPPool1d(float normType, int kernel) {
        super(normType, kernel);
    }

    /** Sets how far the window moves; by its own size unless set. */
    public LPPool1d stride(int number) {
        setStride(number);
        return this;
    }

    /** Lets the last windows run over the end: sizes are rounded up. */
    public LPPool1d ceilMode() {
        setCeilMode();
        return this;
    }

    @Override
    Layer plain(boolean largest, int[] kernel, int[] stride, boolean ceilMode) {
        if (largest) {
            MaxPool1d pool = new MaxPool1d(kernel[0]).stride(stride[0]);
            return ceilMode ? pool.ceilMode() : pool;
        }
        AvgPool1d pool = new AvgPool1d(kernel[0]).stride(stride[0]);
        return ceilMode ? pool.ceilMode() : pool;
    }
}
