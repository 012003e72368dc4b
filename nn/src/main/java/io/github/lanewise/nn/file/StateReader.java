package io.github.lanewise.nn.file;

import io.github.lanewise.engine.Matrix;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives back what a {@link StateWriter} collected, by the same names. */
public final class StateReader {

    private final Json values;
    private final Map<String, Array> arrays;
    private final String prefix;

    /** An array: what it is, and its elements once they are asked for. */
    record Array(TensorInfo info, Elements elements) {}

    /** Where elements come from. */
    interface Elements {
        float[] read() throws IOException;
    }

    /** Reads values from an object and arrays from a file. */
    public StateReader(Json values, TensorFile tensors) {
        this(values, arrays(tensors));
    }

    /** Reads values from an object and arrays by their names. */
    StateReader(Json values, Map<String, Array> arrays) {
        this(values, arrays, "");
    }

    private StateReader(Json values, Map<String, Array> arrays, String prefix) {
        this.values = values;
        this.arrays = arrays;
        this.prefix = prefix;
    }

    private static Map<String, Array> arrays(TensorFile tensors) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        tensors.tensors()
                .forEach(
                        (name, info) ->
                                arrays.put(name, new Array(info, () -> tensors.readFloats(name))));
        return arrays;
    }

    /** Returns a reader whose names all begin with this one and a slash. */
    public StateReader in(String name) {
        return new StateReader(values, arrays, prefix + name + "/");
    }

    /** Returns whether there is such a value. */
    public boolean hasValue(String name) throws FormatException {
        return values.find(prefix + name).isPresent();
    }

    /** Returns whether there is such an array. */
    public boolean hasArray(String name) {
        return arrays.containsKey(prefix + name);
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
        Array array = arrays.get(prefix + name);
        if (array == null || array.info().shape().size() != 2) {
            throw new FormatException(
                    "state: %s%s: expected a matrix, found %s"
                            .formatted(
                                    prefix,
                                    name,
                                    array == null ? "nothing" : array.info().shape()));
        }
        long rows = array.info().shape().get(0);
        long cols = array.info().shape().get(1);
        float[] values = array.elements().read();
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
        Array array = arrays.get(prefix + name);
        List<Long> shape = List.of(rows, cols);
        if (array == null || !array.info().shape().equals(shape)) {
            throw new FormatException(
                    "state: %s%s: expected an array of %s, found %s"
                            .formatted(
                                    prefix,
                                    name,
                                    shape,
                                    array == null ? "none" : array.info().shape()));
        }
        return array.elements().read();
    }
}
