package io.github.lanewise.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of the graph while it is imported: {@link Known}, the same for all samples and computed
 * at once, or a {@link Flow}, which depends on them. Axes are ONNX's: the batch is one of them.
 */
sealed interface Imported permits Known, Flow {

    /** Returns the dimensions. */
    List<Dim> dims();

    default int rank() {
        return dims().size();
    }

    /** Takes elements along an axis by their numbers. */
    Imported take(int axis, int... indices);

    /** Takes the elements from one (inclusive) to another (exclusive) along an axis. */
    Imported part(int axis, int from, int to);

    /** Puts the axes into another order. */
    Imported permute(int... axes);

    /** Reads the numbers as another shape, of as many. */
    Imported reshape(List<Dim> target);

    /** Returns whether its numbers are whole ones. */
    boolean isInteger();

    /** Returns the number that all elements are, or NaN. */
    double uniform();

    static String text(List<Dim> dims) {
        return dims.isEmpty()
                ? "scalar"
                : dims.stream().map(Dim::toString).collect(Collectors.joining("x"));
    }
}
