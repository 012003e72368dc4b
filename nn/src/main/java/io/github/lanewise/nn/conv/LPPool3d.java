package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;

/**
 * Takes the p-norm of each window of each channel of volumes of channels x depth x height x width;
 * see {@link LPPool}.
 */
public final class LPPool3d extends LPPool {

    /**
     * Makes a layer with a cubic window that moves by its own size.
     *
     * @throws IllegalArgumentException if normType is 0, or the kernel is below 1
     */
    public LPPool3d(float normType, int kernel) {
        this(normType, kernel, kernel, kernel);
    }

    /**
     * Makes a layer whose window moves by its own size.
     *
     * @param normType the p of the norm
     * @throws IllegalArgumentException if normType is 0, or a number is below 1
     */
    public LPPool3d(float normType, int kernelDepth, int kernelHeight, int kernelWidth) {
        super(normType, kernelDepth, kernelHeight, kernelWidth);
    }

    /** Sets how far the window moves; by its own size unless set. */
    public LPPool3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window moves, along the depth, down and across. */
    public LPPool3d stride(int depth, int down, int across) {
        setStride(depth, down, across);
        return this;
    }

    /** Lets the last windows run over the end: sizes are rounded up. */
    public LPPool3d ceilMode() {
        setCeilMode();
        return this;
    }

    @Override
    Layer plain(boolean largest, int[] kernel, int[] stride, boolean ceilMode) {
        if (largest) {
            MaxPool3d pool =
                    new MaxPool3d(kernel[0], kernel[1], kernel[2])
                            .stride(stride[0], stride[1], stride[2]);
            return ceilMode ? pool.ceilMode() : pool;
        }
        AvgPool3d pool =
                new AvgPool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2]);
        return ceilMode ? pool.ceilMode() : pool;
    }
}
