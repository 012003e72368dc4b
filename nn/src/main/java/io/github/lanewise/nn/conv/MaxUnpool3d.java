package io.github.lanewise.nn.conv;

/** Puts each value where a {@link MaxPool3d} of volumes found it: see {@link MaxUnpool}. */
public final class MaxUnpool3d extends MaxUnpool {

    /** Undoes a pool whose window moved by its own size. */
    public MaxUnpool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * Undoes a pool whose window moved by its own size.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public MaxUnpool3d(int kernelDepth, int kernelHeight, int kernelWidth) {
        super(kernelDepth, kernelHeight, kernelWidth);
    }

    /** Sets how far the window of the pool moved; by its own size unless set. */
    public MaxUnpool3d stride(int number) {
        return stride(number, number, number);
    }

    /** Sets how far the window of the pool moved; by its own size unless set. */
    public MaxUnpool3d stride(int depth, int height, int width) {
        setStride(depth, height, width);
        return this;
    }

    /** Sets the padding of the pool; 0 unless set. */
    public MaxUnpool3d padding(int number) {
        return padding(number, number, number);
    }

    /** Sets the padding of the pool; 0 unless set. */
    public MaxUnpool3d padding(int depth, int height, int width) {
        setPadding(depth, height, width);
        return this;
    }

    /** Sets the sides of the outputs, which the pool's rounding leaves open. */
    public MaxUnpool3d outputSize(int depth, int height, int width) {
        setOutputSize(depth, height, width);
        return this;
    }
}
