package io.github.lanewise.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model takes or gives under one name.
 *
 * @param name of the input or output
 * @param datatype that it has, or should have
 * @param accepted types that are taken too; none for outputs
 * @param shape first -1 for any number of rows, then the dimensions of each
 * @param parameters what else a client may want to know, as JSON takes it: levels, labels
 */
public record TensorSpec(
        String name,
        Datatype datatype,
        List<Datatype> accepted,
        List<Integer> shape,
        Map<String, Object> parameters) {

    /** Copies the lists and the map. */
    public TensorSpec {
        accepted = List.copyOf(accepted);
        shape = List.copyOf(shape);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Returns how many elements a row has. */
    int width() {
        int width = 1;
        for (int dimension : shape.subList(1, shape.size())) {
            width *= dimension;
        }
        return width;
    }
}
