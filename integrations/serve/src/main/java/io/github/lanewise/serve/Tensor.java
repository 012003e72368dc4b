package io.github.lanewise.serve;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Named values of one type: an input or an output of a request.
 *
 * @param name of the input or output
 * @param datatype of the elements
 * @param shape first the rows, then the dimensions of each
 * @param values row by row, the last dimension running fastest: Boolean, Long, Float, Double,
 *     String, or null for a missing one
 */
public record Tensor(String name, Datatype datatype, List<Integer> shape, List<?> values) {

    /** Checks that nothing is null, and wraps the values. */
    public Tensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(datatype, "datatype");
        shape = List.copyOf(shape);
        values = Collections.unmodifiableList(values);
    }
}
