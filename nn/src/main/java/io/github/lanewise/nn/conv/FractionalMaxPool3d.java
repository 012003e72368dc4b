package io.github.lanewise.nn.conv;

/**
 * Takes the largest value of windows that lie a fraction of elements apart, of each channel of
 * volumes of channels x depth x height x width; see {@link FractionalMaxPool}. It wants {@link
 * #outputSize} or {@link #outputRatio}.
 */
public final class FractionalMaxPool3d extends FractionalMaxPool {

    /**
     * Makes a layer with cubic windows.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public FractionalMaxPool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public FractionalMaxPool3d(int kernelDepth, int kernelHeight, int kernelWidth) {
        super(kernelDepth, kernelHeight, kernelWidth);
    }

    /** Sets the sides of the outputs. */
    public FractionalMaxPool3d outputSize(int number) {
        return outputSize(number, number, number);
    }

    /** Sets the sides of the outputs. */
    public FractionalMaxPool3d outputSize(int depth, int height, int width) {
        setOutputSize(depth, height, width);
        return this;
    }

    /** Sets which share of the inputs' sides those of the outputs are, rounded down. */
    public FractionalMaxPool3d outputRatio(float ratio) {
        return outputRatio(ratio, ratio, ratio);
    }

    /** Sets which share of the inputs' sides those of the outputs are, rounded down. */
    public FractionalMaxPool3d outputRatio(float depth, float height, float width) {
        setOutputRatio(depth, height, width);
        return this;
    }

    /** Puts indices of the values behind them, in as many channels; see {@link #call}. */
    public FractionalMaxPool3d returnIndices() {
        setReturnIndices();
        return this;
    }
}
