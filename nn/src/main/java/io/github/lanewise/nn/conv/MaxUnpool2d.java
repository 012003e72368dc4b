package io.github.lanewise.nn.conv;

/** Puts each value where a {@link MaxPool2d} of images found it: see {@link MaxUnpool}. */
public final class MaxUnpool2d extends MaxUnpool {

    /** Undoes a pool whose window moved by its own size. */
    public MaxUnpool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * Undoes a pool whose window moved by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public MaxUnpool2d(int kernelHeight, int kernelWidth) {
        super(kernelHeight, kernelWidth);
    }

    /** Sets how far the window of the pool moved; by its own size unless set. */
    public MaxUnpool2d stride(int number) {
        return stride(number, number);
    }

    /** Sets how far the window of the pool moved; by its own size unless set. */
    public MaxUnpool2d stride(int height, int width) {
        setStride(height, width);
        return this;
    }

    /** Sets the padding of the pool; 0 unless set. */
    public MaxUnpool2d padding(int number) {
        return padding(number, number);
    }

    /** Sets the padding of the pool; 0 unless set. */
    public MaxUnpool2d padding(int height, int width) {
        setPadding(height, width);
        return this;
    }

    /** Sets the sides of the outputs, which the pool's rounding leaves open. */
    public MaxUnpool2d outputSize(int height, int width) {
        setOutputSize(height, width);
        return this;
    }
}
