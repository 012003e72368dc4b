package io.github.lanewise.onnx;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the nodes of one import share: the version, the layers made so far, what is trained. */
final class Importing {

    private final long opset;
    private final long batch;
    private final Set<String> wanted;
    private final Map<String, List<OnnxNode>> takers;
    private final Set<String> fixed;
    private final Budget budget;
    private final Map<List<Object>, Layer> layers = new HashMap<>();
    private final Map<String, Imported> made = new HashMap<>();

    Importing(
            long opset,
            long batch,
            Set<String> wanted,
            Map<String, List<OnnxNode>> takers,
            Set<String> fixed,
            Budget budget) {
        this.budget = budget;
        this.opset = opset;
        this.batch = batch;
        this.wanted = wanted;
        this.takers = takers;
        this.fixed = fixed;
    }

    long opset() {
        return opset;
    }

    /** Returns the size that the batch had when the model was exported, or 0 if it was open. */
    long batch() {
        return batch;
    }

    Budget budget() {
        return budget;
    }

    boolean isWanted(String value) {
        return wanted.contains(value);
    }

    /** Returns the values that were made so far, by name. */
    Map<String, Imported> made() {
        return made;
    }

    /** Returns the only node that takes a value; null if several do, or it is an output. */
    OnnxNode onlyTaker(String value) {
        List<OnnxNode> all = takers.getOrDefault(value, List.of());
        return all.size() == 1 ? all.getFirst() : null;
    }

    /** Returns whether a value is what a softmax gives. */
    boolean isSoftmax(String value) {
        return takers.values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        node ->
                                node.operator().equals("Softmax")
                                        && node.outputs().contains(value));
    }

    /**
     * Returns the layer that was made of the same arrays, so that shared weights stay shared; else
     * a new one. Exporters write equal arrays once: layers that share nothing but arrays of one
     * number each, such as the zeros that biases start from, are not the same.
     *
     * @param options what else makes a difference
     */
    <L extends Layer> L layer(
            Class<L> kind, List<?> options, List<Known> arrays, Supplier<L> make) {
        boolean telling =
                arrays.stream()
                        .anyMatch(a -> a != null && a.name() != null && Double.isNaN(a.uniform()));
        if (!telling) {
            return make.get();
        }
        List<Object> key = new ArrayList<>(options);
        key.add(kind);
        arrays.forEach(a -> key.add(a == null || a.name() == null ? "" : a.name()));
        Layer layer = layers.get(key);
        if (layer == null) {
            layer = make.get();
            layers.put(key, layer);
        }
        return kind.cast(layer);
    }

    /**
     * Returns whether a free-standing array is trained: an initializer of several finite floats
     * that the program has not fixed.
     */
    boolean isTrained(Known array) {
        return array.name() != null
                && !array.isInteger()
                && array.count() > 1
                && !fixed.contains(array.name().split("#", 2)[0])
                && array.isFinite();
    }

    /** Returns a constant as a value of this shape, trained or not. */
    Value value(Known array, Shape shape) {
        if (shape.features() != array.count()) {
            throw new IllegalArgumentException(
                    "a constant of %s as %s".formatted(Imported.text(array.dims()), shape));
        }
        if (!isTrained(array)) {
            array.budget().take(array.count());
            return Value.constant(shape, array.floats());
        }
        Learned layer =
                layer(
                        Learned.class,
                        List.of(shape),
                        List.of(array),
                        () -> {
                            Learned learned = new Learned(shape);
                            set(learned.weight(), array.floats());
                            return learned;
                        });
        return Value.merge((Merge) layer);
    }

    /** Sets all values of a parameter, row by row; a wrong count takes no memory. */
    static void set(Param parameter, float... numbers) {
        requireCount(parameter.size(), numbers);
        set(parameter.overwrite(), numbers);
    }

    /** Sets all values of a state. */
    static void set(State state, float... numbers) {
        requireCount(state.size(), numbers);
        set(state.value(), numbers);
    }

    private static void requireCount(int count, float... numbers) {
        if (numbers.length != count) {
            throw new IllegalArgumentException(
                    "a weight, bias or statistic of %s numbers, found %s"
                            .formatted(count, numbers.length));
        }
    }

    private static void set(Matrix values, float... numbers) {
        for (int i = 0; i < values.rows(); i++) {
            System.arraycopy(
                    numbers,
                    i * values.cols(),
                    values.data(),
                    values.offset() + i * values.ld(),
                    values.cols());
        }
    }
}
