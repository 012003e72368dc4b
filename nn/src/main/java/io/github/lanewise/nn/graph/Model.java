package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A network wired from {@link Value}s, with any number of inputs and outputs.
 *
 * <p><b>Numbers.</b> The inputs count from 0 in the order given; the calls of layers follow, each
 * after what it takes, depth first from the first output. Paths of parameters ({@code 3.weight})
 * and messages ({@code Model[3]}) use these numbers; a shared layer goes by that of its first call.
 *
 * <p><b>Several inputs or outputs</b> lie side by side, in order, in one row of features. So a
 * model is a layer like any other: it trains with a {@link io.github.lanewise.nn.train.Trainer}, on
 * a {@link io.github.lanewise.nn.data.Dataset#zip}, by a {@link
 * io.github.lanewise.nn.loss.JointLoss}. The inputs are read where they lie; the outputs are
 * copied. On values of its own it can be called by {@link Value#merge} too.
 *
 * <p><b>Gradients</b> of a value that goes to several layers are added in the order in which
 * backward meets them: the model's outputs first, then the layers from the last to the first.
 * Activations are fused as in {@link Sequential} wherever one layer alone takes a value.
 */
public final class Model extends GraphLayer implements Merge {

    /**
     * A call of a layer in a model. Values are numbered as in messages: the inputs from 0, then
     * what the calls make.
     *
     * @param layer what is called; a {@link Merge} if it takes other than one value
     * @param takes numbers of the values that it takes, in order
     */
    public record Call(Layer layer, List<Integer> takes) {

        /** Copies the list. */
        public Call {
            takes = List.copyOf(takes);
        }
    }

    private final List<Shape> inputShapes;
    private final List<Shape> outputShapes;
    private final Shape inputShape;
    private final Shape outputShape;

    /** Makes a model of one input and one output. */
    public Model(Input input, Value output) {
        this(List.of(input), List.of(output));
    }

    /**
     * Makes a model. Parameters that nobody has looked at draw their first values from seed 0 and
     * their path in it.
     *
     * @throws IllegalArgumentException if there is no input or output, one is listed twice, an
     *     input leads nowhere, or an output needs an input that is not listed
     */
    public Model(List<Input> inputs, List<Value> outputs) {
        this(graph(inputs, outputs), inputs, outputs);
    }

    private Model(Graph graph, List<Input> inputs, List<Value> outputs) {
        super(graph, graph.nodes().size());
        this.inputShapes = inputs.stream().map(Value::shape).toList();
        this.outputShapes = outputs.stream().map(Value::shape).toList();
        this.inputShape = sideBySide(inputShapes);
        this.outputShape = sideBySide(outputShapes);
    }

    private static Shape sideBySide(List<Shape> shapes) {
        return shapes.size() == 1 ? shapes.getFirst() : new Shape(new Columns(shapes).features());
    }

    private static Graph graph(List<Input> inputs, List<Value> outputs) {
        Map<Value, Integer> slots = new IdentityHashMap<>();
        requireSome("input", inputs, "");
        requireSome("output", outputs, ", or what Identity makes of it");
        inputs.forEach(input -> slots.put(input, slots.size()));
        List<Graph.Node> nodes = new ArrayList<>();
        List<Value> order = ValueOrder.of(outputs);
        for (Value value : order) {
            if (value.layer() != null) {
                nodes.add(new Graph.Node(value.layer(), slotsOf(value.sources(), slots)));
                slots.put(value, slots.size());
            } else if (!slots.containsKey(value)) {
                throw new IllegalArgumentException(
                        "Model: the outputs need %s, which is not among the inputs; list it"
                                .formatted(value));
            }
        }
        requireUsed(inputs, order);
        return new Graph("Model", inputs.size(), nodes, slotsOf(outputs, slots), inputs.size());
    }

    private static List<Integer> slotsOf(List<Value> values, Map<Value, Integer> slots) {
        return values.stream().map(slots::get).toList();
    }

    /**
     * Checks that there are values, each once.
     *
     * @param instead what a message says may be listed in place of one that comes again
     */
    private static void requireSome(String kind, List<? extends Value> values, String instead) {
        if (Objects.requireNonNull(values, kind + "s").isEmpty()) {
            throw new IllegalArgumentException("Model: no %ss; give at least one".formatted(kind));
        }
        for (int i = 0; i < values.size(); i++) {
            Objects.requireNonNull(values.get(i), kind);
            int first = values.indexOf(values.get(i));
            if (first < i) {
                throw new IllegalArgumentException(
                        "Model: %s %s is %s %s again: %s; list each once%s"
                                .formatted(kind, i, kind, first, values.get(i), instead));
            }
        }
    }

    private static void requireUsed(List<Input> inputs, List<Value> order) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!order.contains(inputs.get(i))) {
                throw new IllegalArgumentException(
                        "Model: input %s, %s, leads to no output; use it or leave it out"
                                .formatted(i, inputs.get(i)));
            }
        }
    }

    /** Returns the calls of layers, each after what it takes. */
    public List<Call> calls() {
        return graph().nodes().stream().map(node -> new Call(node.layer(), node.takes())).toList();
    }

    /** Returns the numbers of the values that are the outputs, in order. */
    public List<Integer> outputs() {
        return List.copyOf(graph().outputs());
    }

    /** Returns the shapes of the inputs, and the calls: their layers and what these take. */
    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("inputShapes", inputShapes.stream().map(Shape::toList).toList());
        all.put("layers", calls().stream().map(Call::layer).toList());
        all.put("takes", calls().stream().map(Call::takes).toList());
        all.put("outputs", outputs());
        return all;
    }

    /** Returns the shapes of the inputs. */
    public List<Shape> inputShapes() {
        return inputShapes;
    }

    /** Returns the shapes of the outputs. */
    public List<Shape> outputShapes() {
        return outputShapes;
    }

    /** Returns the shape of a sample: that of the only input, or all their features in a row. */
    @Override
    public Shape inputShape() {
        return inputShape;
    }

    /** Returns windows onto the inputs in a matrix of samples; nothing is copied. */
    public List<Matrix> splitInputs(Matrix samples) {
        return split("inputs", inputShapes, samples);
    }

    /**
     * Returns windows onto the outputs in a matrix of them, as {@link
     * io.github.lanewise.nn.train.Trainer#predict} makes it; nothing is copied.
     */
    public List<Matrix> splitOutputs(Matrix predictions) {
        return split("outputs", outputShapes, predictions);
    }

    private static List<Matrix> split(String name, List<Shape> shapes, Matrix matrix) {
        Columns columns = new Columns(shapes);
        if (matrix.cols() != columns.features()) {
            throw new IllegalArgumentException(
                    "Model: %s are %s; a row of them has %s features"
                            .formatted(name, matrix.shape(), columns.features()));
        }
        return List.of(columns.split(matrix));
    }

    @Override
    public Shape outputShape(Shape input) {
        if (!Objects.requireNonNull(input, "input").equals(inputShape)) {
            throw new IllegalArgumentException(
                    "Model: input is %s, the model takes %s%s"
                            .formatted(
                                    input,
                                    inputShape,
                                    inputShapes.size() == 1
                                            ? ""
                                            : ": %s side by side; give Dataset.zip one dataset each"
                                                    .formatted(inputShapes)));
        }
        return outputShape;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (!inputs.equals(inputShapes)) {
            throw new IllegalArgumentException(
                    "Model: inputs are %s, the model takes %s".formatted(inputs, inputShapes));
        }
        return outputShape;
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengthsOfOutputs(inputShapes, lengths);
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return lengthsOfOutputs(inputs, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new PackedPass(graph(), inputShapes, workspace);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        return new ModelPass(this, workspace);
    }

    /**
     * Returns the inputs and the calls of layers, one a line, with the numbers of what each takes.
     */
    @Override
    public String toString() {
        Graph graph = graph();
        StringBuilder text = new StringBuilder("Model(\n");
        for (int slot = 0; slot < graph.slots(); slot++) {
            Graph.Node node = graph.maker(slot);
            String line =
                    node == null
                            ? "Input(%s)".formatted(inputShapes.get(slot))
                            : "%s <- %s".formatted(node.layer(), numbers(node.takes()));
            text.append("  (%s): %s\n".formatted(slot, line.replace("\n", "\n  ")));
        }
        return text.append("  outputs: %s\n)".formatted(numbers(graph.outputs()))).toString();
    }

    private static String numbers(List<Integer> slots) {
        return slots.toString().replaceAll("[\\[\\]]", "");
    }
}
