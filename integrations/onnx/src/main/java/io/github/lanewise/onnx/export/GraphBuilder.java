package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.onnx.OnnxAttribute;
import io.github.lanewise.onnx.OnnxNode;
import io.github.lanewise.onnx.OnnxTensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The graph that is made: nodes are added one after another, and each array once.
 *
 * <p>Values and arrays are named after the layer that they belong to, by its path in the model:
 * {@code 2/Gemm} is made, {@code 2.weight} trained.
 */
final class GraphBuilder {

    private final Emitters emitters;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Names names;
    private final Initializers arrays;
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, String> renamed = new HashMap<>();
    private String batch;

    /**
     * Begins.
     *
     * @param model whose parameters have their names from it
     * @param reserved names that values inside must not have
     */
    GraphBuilder(Emitters emitters, Layer model, List<String> reserved) {
        this.emitters = emitters;
        this.names = new Names(reserved);
        this.arrays = new Initializers(model, names);
    }

    /** Says of which value the first dimension is the batch at this place. */
    String batchOf(String value) {
        String before = batch;
        batch = value;
        return before;
    }

    /** Returns a value whose first dimension is the batch at this place. */
    String batch() {
        return batch;
    }

    List<OnnxNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Gives a value another name; an input or array, or one that has another already, a copy. */
    void rename(String value, String name) {
        boolean made = nodes.stream().anyMatch(n -> n.outputs().contains(value));
        if (made) {
            nodes.replaceAll(
                    node ->
                            new OnnxNode(
                                    node.name(),
                                    node.domain(),
                                    node.operator(),
                                    replaced(node.inputs(), value, name),
                                    replaced(node.outputs(), value, name),
                                    node.attributes()));
        } else {
            nodes.add(
                    OnnxNode.of(
                            "Identity",
                            List.of(renamed.getOrDefault(value, value)),
                            List.of(name)));
        }
        renamed.putIfAbsent(value, name);
    }

    private static List<String> replaced(List<String> names, String old, String name) {
        return names.stream().map(one -> one.equals(old) ? name : one).toList();
    }

    List<OnnxTensor> arrays() {
        return arrays.all();
    }

    /** Adds a layer that stands under a name in the one that is added just now. */
    Wire layer(String name, Layer layer, Wire... inputs) {
        if (!name.isEmpty()) {
            path.addLast(name);
        }
        try {
            return emitters.emit(this, String.join(".", path), layer, List.of(inputs));
        } finally {
            if (!name.isEmpty()) {
                path.removeLast();
            }
        }
    }

    /** Returns what says that a layer is known, but not all that it has. */
    IllegalArgumentException refusal(Layer layer, String what) {
        return new IllegalArgumentException(
                "OnnxExport: %s is a %s with %s, which has no form in ONNX here; leave that out, or export what stands before it"
                        .formatted(
                                path.isEmpty() ? "the model" : "layer " + String.join(".", path),
                                layer.getClass().getSimpleName(),
                                what));
    }

    /** Refuses a layer with an option that is none of these: it would be lost in silence. */
    void requireOptions(Layer layer, String... known) {
        layer.options()
                .forEach(
                        (name, value) -> {
                            if (!List.of(known).contains(name)) {
                                throw refusal(layer, name + "=" + value);
                            }
                        });
    }

    private String here(String separator, String word) {
        return path.isEmpty() ? word : String.join(".", path) + separator + word;
    }

    /** Adds a node of one output, and returns its name. */
    String call(String operator, List<String> inputs, OnnxAttribute... attributes) {
        return call(operator, 1, inputs, attributes).getFirst();
    }

    /** Adds a node, and returns the names of its outputs. */
    List<String> call(
            String operator, int outputs, List<String> inputs, OnnxAttribute... attributes) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            made.add(names.unique(here("/", operator)));
        }
        nodes.add(OnnxNode.of(operator, inputs, made, attributes));
        return made;
    }

    /** Adds a node that makes a value of another shape of one value. */
    Wire make(String operator, Shape shape, Wire x, OnnxAttribute... attributes) {
        return new Wire(call(operator, List.of(x.name()), attributes), shape);
    }

    /** Adds a node that makes a value of the same shape. */
    Wire map(String operator, Wire x, OnnxAttribute... attributes) {
        return make(operator, x.shape(), x, attributes);
    }

    /** Adds a node that makes a value of the first one's shape of two. */
    Wire combine(String operator, Wire x, String other) {
        return new Wire(call(operator, List.of(x.name(), other)), x.shape());
    }

    /** Gives samples another shape. */
    Wire reshape(Wire x, Shape shape) {
        return x.shape().equals(shape) ? x : reshape(x, 0, shape);
    }

    /**
     * Gives a value another shape.
     *
     * @param batch the first dimension: 0 for that which the value has, -1 for what is left
     */
    Wire reshape(Wire x, int batch, Shape shape) {
        long[] dimensions = new long[shape.rank() + 1];
        dimensions[0] = batch;
        for (int axis = 0; axis < shape.rank(); axis++) {
            dimensions[axis + 1] = shape.dimension(axis);
        }
        return new Wire(call("Reshape", List.of(x.name(), longs(dimensions))), shape);
    }

    /** Takes elements along an axis of the file's value, and returns the name of what they make. */
    String slice(String x, int axis, long start, long end, long step) {
        return call("Slice", List.of(x, longs(start), longs(end), longs(axis), longs(step)));
    }

    /** Returns the name of a single number. */
    String scalar(double number) {
        return arrays.scalar((float) number);
    }

    /** Returns the name of an array of whole numbers, such as a shape. */
    String longs(long... numbers) {
        return arrays.longs(numbers);
    }

    /** Returns the name of an array of floats that belongs to the present layer. */
    String floats(String word, float[] numbers, long... shape) {
        return arrays.add(here(".", word), name -> OnnxTensor.of(name, numbers, shape));
    }

    /** Makes an array of floats of an object, once. */
    String floats(Object owner, String word, Supplier<float[]> numbers, long... shape) {
        return arrays.once(
                owner, word, here(".", word), name -> OnnxTensor.of(name, numbers.get(), shape));
    }

    /** Gives a parameter that is none of the model's a name in the present layer. */
    void place(Param parameter, String word) {
        arrays.place(parameter, here(".", word));
    }

    /** Returns the name of a parameter in the layout of PyTorch. */
    String param(Param parameter) {
        return arrays.param(parameter, parameter.savedShape());
    }

    /** Returns the name of a parameter in the layout of PyTorch, under another shape. */
    String param(Param parameter, Shape shape) {
        return arrays.param(parameter, shape);
    }

    /** Returns the name of a parameter as it is used here: inputs x outputs. */
    String matrix(Param parameter) {
        return arrays.matrix(parameter);
    }

    /** Returns the name of a state. */
    String state(State state) {
        return arrays.state(state);
    }
}
