package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.layer.Nonlinearity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A value of a network yet to be computed: what an {@link Input} brings, or what a layer makes of
 * other values. Values wire a {@link Model}:
 *
 * <pre>{@code
 * Input image = new Input(784);
 * Value hidden = image.then(new Linear(784, 64), new ReLU());
 * Value deeper = hidden.then(new Linear(64, 64), new ReLU());
 * Value logits = hidden.plus(deeper).then(new Linear(64, 10));
 * Model model = new Model(image, logits);
 * }</pre>
 *
 * <p>A layer may be called on several values: its parameters are shared, and their gradients add
 * up. A shape that does not fit is refused when the layer is called.
 */
public sealed class Value permits Input {

    private final Layer layer;
    private final List<Value> sources;
    private final Shape shape;

    /** Makes an input. */
    Value(Shape shape) {
        this.layer = null;
        this.sources = List.of();
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    private Value(Layer layer, List<Value> sources) {
        this.layer = layer;
        this.sources = sources;
        this.shape = shapeOf(layer, sources);
    }

    /** Returns the shape of a sample of this value. */
    public final Shape shape() {
        return shape;
    }

    /**
     * Calls layers, one after another: each takes what the one before it makes.
     *
     * @throws IllegalArgumentException if a layer cannot take such an input
     */
    public final Value then(Layer... layers) {
        Value value = this;
        for (Layer next : Sequential.copyOf(layers)) {
            value = new Value(next, List.of(value));
        }
        return value;
    }

    /**
     * Adds another value, number by number: a skip connection.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public final Value plus(Value other) {
        return merge(new Elementwise(Combination.ADD), this, other);
    }

    /**
     * Subtracts another value, number by number.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public final Value minus(Value other) {
        return merge(new Elementwise(Combination.SUBTRACT), this, other);
    }

    /**
     * Multiplies by another value, number by number: a gate.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public final Value times(Value other) {
        return merge(new Elementwise(Combination.MULTIPLY), this, other);
    }

    /**
     * Puts values side by side along their first dimension: the features of vectors, the channels
     * of images.
     *
     * @throws IllegalArgumentException if there is none, or another dimension differs
     */
    public static Value concat(Value... values) {
        return merge(new Concatenate(), values);
    }

    /**
     * Calls a layer of several inputs.
     *
     * @throws IllegalArgumentException if it cannot take so many or such inputs
     */
    public static Value merge(Merge merge, Value... values) {
        return new Value(Objects.requireNonNull(merge, "merge"), List.of(values));
    }

    private static Shape shapeOf(Layer layer, List<Value> sources) {
        try {
            List<Shape> shapes = sources.stream().map(Value::shape).toList();
            return new Graph.Node(layer, List.of()).outputShape(shapes);
        } catch (IllegalArgumentException e) {
            if (sources.isEmpty()) {
                throw e;
            }
            Layer maker = sources.size() == 1 ? sources.getFirst().substantialMaker() : null;
            int number = order(sources).size();
            throw Graph.located("Model", number, e, maker, sources.getFirst().shape);
        }
    }

    private Layer substantialMaker() {
        Value value = this;
        while (value.layer instanceof Nonlinearity) {
            value = value.sources.getFirst();
        }
        return value.layer;
    }

    /** Returns the layer that makes the value, or null for an input. */
    final Layer layer() {
        return layer;
    }

    /** Returns what the layer takes. */
    final List<Value> sources() {
        return sources;
    }

    /**
     * Returns all values that lead to these, each once and after its sources: depth first, from the
     * first of the ends and the first of the sources.
     */
    static List<Value> order(List<? extends Value> ends) {
        List<Value> order = new ArrayList<>();
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value end : ends) {
            visit(end, seen, order);
        }
        return order;
    }

    /** Deep networks are deeper than the stack of the thread, so it walks with one of its own. */
    private static void visit(Value end, Set<Value> seen, List<Value> order) {
        Deque<Value> path = new ArrayDeque<>();
        Map<Value, Integer> visited = new HashMap<>();
        if (seen.add(end)) {
            path.push(end);
        }
        while (!path.isEmpty()) {
            Value value = path.peek();
            int next = visited.merge(value, 1, Integer::sum) - 1;
            if (next == value.sources.size()) {
                order.add(path.pop());
            } else if (seen.add(value.sources.get(next))) {
                path.push(value.sources.get(next));
            }
        }
    }

    /** Returns what makes the value, and its shape. */
    @Override
    public String toString() {
        return "Value(%s, %s)".formatted(Passes.brief(layer), shape);
    }
}
