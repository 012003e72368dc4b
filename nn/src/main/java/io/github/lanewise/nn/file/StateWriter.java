package io.github.lanewise.nn.file;

import io.github.lanewise.engine.Matrix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Collects what the parts of a run remember, by name: numbers and words as JSON, arrays as tensors.
 *
 * <p>Arrays are not copied: the file must be written before they change.
 */
public final class StateWriter {

    private final Map<String, Object> values;
    private final SequencedMap<String, Matrix> arrays;
    private final String prefix;

    /** Makes an empty one. */
    public StateWriter() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), "");
    }

    private StateWriter(
            Map<String, Object> values, SequencedMap<String, Matrix> arrays, String prefix) {
        this.values = values;
        this.arrays = arrays;
        this.prefix = prefix;
    }

    /** Returns a writer whose names all begin with this one and a slash. */
    public StateWriter in(String name) {
        return new StateWriter(values, arrays, prefix + name + "/");
    }

    /**
     * Adds a value, of the kinds that {@link Json#of} takes.
     *
     * @throws IllegalArgumentException if the name is taken or the value is of another kind
     */
    public StateWriter put(String name, Object value) {
        if (values.putIfAbsent(prefix + name, Json.of(value)) != null) {
            throw taken(name);
        }
        return this;
    }

    /**
     * Adds an array.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public StateWriter put(String name, Matrix array) {
        if (arrays.putIfAbsent(prefix + name, array) != null) {
            throw taken(name);
        }
        return this;
    }

    private IllegalArgumentException taken(String name) {
        return new IllegalArgumentException(
                "StateWriter: %s%s is there already; give each value a name of its own"
                        .formatted(prefix, name));
    }

    private static float[] dense(Matrix array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < array.rows(); i++) {
            int from = array.offset() + i * array.ld();
            System.arraycopy(array.data(), from, values, i * array.cols(), array.cols());
        }
        return values;
    }

    /** Returns whether nothing was put. */
    public boolean isEmpty() {
        return values.isEmpty() && arrays.isEmpty();
    }

    /** Returns the values as one object. */
    public Json values() {
        return Json.of(values);
    }

    /** Returns the arrays, in the order in which they came. */
    public List<TensorData> tensors() {
        return arrays.entrySet().stream()
                .map(
                        entry -> {
                            Matrix array = entry.getValue();
                            return TensorData.of(info(entry.getKey(), array), () -> dense(array));
                        })
                .toList();
    }

    /** Returns a reader of all that was put, as it is now: arrays are copied. */
    public StateReader copy() {
        Map<String, StateReader.Array> copies = new LinkedHashMap<>();
        arrays.forEach(
                (name, array) -> {
                    float[] values = dense(array);
                    copies.put(name, new StateReader.Array(info(name, array), () -> values));
                });
        return new StateReader(values(), copies);
    }

    private static TensorInfo info(String name, Matrix array) {
        return TensorInfo.of(name, DType.F32, array.rows(), array.cols());
    }
}
