package io.github.lanewise.nn.conv;

/**
 * Takes the largest value of windows that lie a fraction of elements apart, of each channel of
 * images of channels x height x width; see {@link FractionalMaxPool}. It wants {@link #outputSize}
 * or {@link #outputRatio}.
 */
public final class FractionalMaxPool2d extends FractionalMaxPool {

    /**
     * Makes a layer with square windows.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public FractionalMaxPool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public FractionalMaxPool2d(int kernelHeight, int kernelWidth) {
        super(kernelHeight, kernelWidth);
    }

    /** Sets the sides of the outputs. */
    public FractionalMaxPool2d outputSize(int number) {
        return outputSize(number, number);
    }

    /** Sets the sides of the outputs. */
    public FractionalMaxPool2d outputSize(int height, int width) {
        setOutputSize(height, width);
        return this;
    }

    /** Sets which share of the inputs' sides those of the outputs are, rounded down. */
    public FractionalMaxPool2d outputRatio(float ratio) {
        return outputRatio(ratio, ratio);
    }

    /** Sets which share of the inputs' sides those of the outputs are, rounded down. */
    public FractionalMaxPool2d outputRatio(float height, float width) {
        setOutputRatio(height, width);
        return this;
    }

    /** Puts indices of the values behind them, in as many channels; see {@link #call}. */
    public FractionalMaxPool2d returnIndices() {
        setReturnIndices();
        return this;
    }
}
