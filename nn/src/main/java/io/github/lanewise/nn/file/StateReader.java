package io.github.lanewise.nn.file;

import io.github.lanewise.engine.Matrix;

import java.io.IOException;
import java.util.List;

/** Gives back what a {@link StateWriter} collected, by the same names. */
public final class StateReader {

    private final Json values;
    private final TensorFile tensors;
    private final String prefix;

    /** Reads values from an object and arrays from a file. */
    public StateReader(Json values, TensorFile tensors) {
        this(values, tensors, "");
    }

    private StateReader(Json values, TensorFile tensors, String prefix) {
        this.values = values;
        this.tensors = tensors;
        this.prefix = prefix;
    }

    /** Returns a reader whose names all begin with this one and a slash. */
    public StateReader in(String name) {
        return new StateReader(values, tensors, prefix + name + "/");
    }

    /** Returns whether there is such a value. */
    public boolean hasValue(String name) throws FormatException {
        return values.find(prefix + name).isPresent();
    }

    /** Returns whether there is such an array. */
    public boolean hasArray(String name) {
        return tensors.tensors().containsKey(prefix + name);
    }

    /**
     * Returns a value.
     *
     * @throws FormatException if there is none of this name
     */
    public Json get(String name) throws FormatException {
        return values.get(prefix + name);
    }

    /**
     * Reads an array.
     *
     * @throws FormatException if there is none of this name, or it has another shape
     */
    public void read(String name, Matrix into) throws IOException {
        float[] values = read(name, into.rows(), into.cols());
        for (int i = 0; i < into.rows(); i++) {
            int to = into.offset() + i * into.ld();
            System.arraycopy(values, i * into.cols(), into.data(), to, into.cols());
        }
    }

    /**
     * Returns an array in a matrix of its own.
     *
     * @throws FormatException if there is none of this name, or it is no matrix
     */
    public Matrix array(String name) throws IOException {
        TensorInfo info = tensors.tensors().get(prefix + name);
        if (info == null || info.shape().size() != 2) {
            throw new FormatException(
                    "state: %s%s: expected a matrix, found %s"
                            .formatted(prefix, name, info == null ? "nothing" : info.shape()));
        }
        long rows = info.shape().get(0);
        long cols = info.shape().get(1);
        float[] values = tensors.readFloats(prefix + name);
        return new Matrix(values, 0, (int) rows, (int) cols, (int) cols);
    }

    /**
     * Reads an array of one row.
     *
     * @throws FormatException if there is none of this name, or not of so many numbers
     */
    public float[] read(String name, int count) throws IOException {
        return read(name, 1, count);
    }

    private float[] read(String name, long rows, long cols) throws IOException {
        TensorInfo info = tensors.tensors().get(prefix + name);
        List<Long> shape = List.of(rows, cols);
        if (info == null || !info.shape().equals(shape)) {
            throw new FormatException(
                    "state: %s%s: expected an array of %s, found %s"
                            .formatted(prefix, name, shape, info == null ? "none" : info.shape()));
        }
        return tensors.readFloats(prefix + name);
    }
}
