package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
     * Adds another value, number by number: a skip connection. Shapes may differ as in NumPy: laid
     * upon each other from the last axis on, each dimension is equal or 1.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public final Value plus(Value other) {
        return combine(Combination.ADD, Broadcast.Operation.ADD, other);
    }

    /**
     * Subtracts another value, number by number. Shapes may differ as in NumPy: laid upon each
     * other from the last axis on, each dimension is equal or 1.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public final Value minus(Value other) {
        return combine(Combination.SUBTRACT, Broadcast.Operation.SUBTRACT, other);
    }

    /**
     * Multiplies by another value, number by number: a gate. Shapes may differ as in NumPy: laid
     * upon each other from the last axis on, each dimension is equal or 1.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public final Value times(Value other) {
        return combine(Combination.MULTIPLY, Broadcast.Operation.MULTIPLY, other);
    }

    /**
     * Divides by another value, number by number. Shapes may differ as in NumPy.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public final Value divide(Value other) {
        return merge(new Broadcast(Broadcast.Operation.DIVIDE), this, other);
    }

    private Value combine(Combination how, Broadcast.Operation broadcast, Value other) {
        boolean differ = !shape.equals(other.shape);
        boolean fit = Broadcast.joint(shape, other.shape) != null;
        return merge(differ && fit ? new Broadcast(broadcast) : new Elementwise(how), this, other);
    }

    /** Adds a number to each. */
    public final Value plus(float number) {
        return then(new Affine(1, number));
    }

    /** Subtracts a number from each. */
    public final Value minus(float number) {
        return plus(-number);
    }

    /** Multiplies each by a number. */
    public final Value times(float number) {
        return then(new Affine(number, 0));
    }

    /** Divides each by a number, by the product with its inverse. */
    public final Value divide(float number) {
        return times(1 / number);
    }

    /**
     * Puts the axes into another order; axis 0 is the first after the batch, here and below.
     *
     * @throws IllegalArgumentException if each axis is not named once
     */
    public final Value permute(int... axes) {
        return then(new Permute(axes));
    }

    /**
     * Takes the elements from {@code start} (inclusive) to {@code end} (exclusive) along an axis.
     *
     * @throws IllegalArgumentException if there are none, or not so many
     */
    public final Value slice(int axis, int start, int end) {
        return then(new Slice(axis, start, end));
    }

    /**
     * Cuts along an axis into parts of these sizes.
     *
     * @throws IllegalArgumentException if the sizes do not add up to the dimension
     */
    public final List<Value> split(int axis, int... sizes) {
        int size = Axes.of("split", shape, axis).size();
        if (Arrays.stream(sizes).sum() != size) {
            throw new IllegalArgumentException(
                    "split: sizes %s of %s along axis %s; they must add up to %s"
                            .formatted(Arrays.toString(sizes), shape, axis, size));
        }
        List<Value> parts = new ArrayList<>();
        int at = 0;
        for (int part : sizes) {
            parts.add(slice(axis, at, at + part));
            at += part;
        }
        return parts;
    }

    /**
     * Takes apart several values that lie side by side in one row, such as the outputs of a model
     * inside another.
     *
     * @param shapes of the values, in order
     * @throws IllegalArgumentException if they do not have as many features together
     */
    public final List<Value> parts(List<Shape> shapes) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            parts.add(then(new Part(shapes, i)));
        }
        return parts;
    }

    /** Sums along an axis, which goes. */
    public final Value sum(int axis) {
        return then(new Reduce(Reduce.Kind.SUM, axis));
    }

    /** Takes the means along an axis, which goes. */
    public final Value mean(int axis) {
        return then(new Reduce(Reduce.Kind.MEAN, axis));
    }

    /** Takes the largest numbers along an axis, which goes. */
    public final Value max(int axis) {
        return then(new Reduce(Reduce.Kind.MAX, axis));
    }

    /** Takes the last element along an axis, which goes: of a sequence, axis 0, its last step. */
    public final Value last(int axis) {
        return then(new Reduce(Reduce.Kind.LAST, axis));
    }

    /** Takes the Euclidean norms along an axis, which goes. */
    public final Value norm(int axis) {
        return then(new Reduce(Reduce.Kind.NORM, axis));
    }

    /**
     * Makes a value that is the same for each sample and is not trained.
     *
     * @throws IllegalArgumentException if there are not as many numbers as features
     */
    public static Value constant(Shape shape, float... numbers) {
        return new Value(new Constant(Objects.requireNonNull(shape, "shape"), numbers), List.of());
    }

    /**
     * Puts values side by side along an axis.
     *
     * @throws IllegalArgumentException if there is none, or another dimension differs
     */
    public static Value concat(int axis, Value... values) {
        return merge(axis == 0 ? new Concatenate() : new ConcatenateAlong(axis), values);
    }

    /**
     * Puts values of one shape on top of each other along a new axis.
     *
     * @throws IllegalArgumentException if there is none, or shapes differ
     */
    public static Value stack(int axis, Value... values) {
        Value[] thicker = new Value[values.length];
        for (int i = 0; i < values.length; i++) {
            int rank = values[i].shape.rank();
            if (axis < 0 || axis > rank) {
                throw new IllegalArgumentException(
                        "stack: axis is %s; for %s it must be from 0 to %s"
                                .formatted(axis, values[i].shape, rank));
            }
            thicker[i] = values[i].then(new Reshape(Axes.with(values[i].shape, axis)));
        }
        return concat(axis, thicker);
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
            int number = ValueOrder.of(sources).size();
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

    /** Returns what makes the value, and its shape. */
    @Override
    public String toString() {
        return "Value(%s, %s)".formatted(Passes.brief(layer), shape);
    }
}
