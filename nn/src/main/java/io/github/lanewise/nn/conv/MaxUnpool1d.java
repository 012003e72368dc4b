package io.github.lanewise.nn.conv;

/** Puts each value where a {@link MaxPool1d} of sequences found it: see {@link MaxUnpool}. */
public final class MaxUnpool1d extends MaxUnpool {

    /** Undoes a pool whose window moved by its own size. */
    public MaxUnpool1d(int kernel) {
        super(kernel);
    }

    /** Sets how far the window of the pool moved; by its own size unless set. */
    public MaxUnpool1d stride(int number) {
        setStride(number);
        return this;
    }

    /** Sets the padding of the pool; 0 unless set. */
    public MaxUnpool1d padding(int number) {
        setPadding(number);
        return this;
    }

    /** Sets the sides of the outputs, which the pool's rounding leaves open. */
    public MaxUnpool1d outputSize(int length) {
        setOutputSize(length);
        return this;
    }
}
