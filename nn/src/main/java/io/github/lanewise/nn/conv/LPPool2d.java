package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;

/**
 * Takes the p-norm of each window of each channel of images of channels x height x width; see
 * {@link LPPool}.
 */
public final class LPPool2d extends LPPool {

    /**
     * Makes a layer with a square window that moves by its own size.
     *
     * @throws IllegalArgumentException if normType is 0, or the kernel is below 1
     */
    public LPPool2d(float normType, int kernel) {
        this(normType, kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @param normType the p of the norm
     * @throws IllegalArgumentException if normType is 0, or a number is below 1
     */
    public LPPool2d(float normType, int kernelHeight, int kernelWidth) {
        super(normType, kernelHeight, kernelWidth);
    }

    /** Sets how far the window moves; by its own size unless set. */
    public LPPool2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window moves, down and across. */
    public LPPool2d stride(int down, int across) {
        setStride(down, across);
        return this;
    }

    /** Lets the last windows run over the end: sizes are rounded up. */
    public LPPool2d ceilMode() {
        setCeilMode();
        return this;
    }

    @Override
    Layer plain(boolean largest, int[] kernel, int[] stride, boolean ceilMode) {
        if (largest) {
            MaxPool2d pool = new MaxPool2d(kernel[0], kernel[1]).stride(stride[0], stride[1]);
            return ceilMode ? pool.ceilMode() : pool;
        }
        AvgPool2d pool = new AvgPool2d(kernel[0], kernel[1]).stride(stride[0], stride[1]);
        return ceilMode ? pool.ceilMode() : pool;
    }
}
