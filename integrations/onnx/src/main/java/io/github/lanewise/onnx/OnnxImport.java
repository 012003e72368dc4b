package io.github.lanewise.onnx;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.model.ModelFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Makes a {@link Model} of an ONNX file, as PyTorch, Keras or scikit-learn export it: it can be
 * asked, trained on and saved like any other.
 *
 * <pre>{@code
 * Model model = OnnxImport.load(Path.of("net.onnx"));
 * float[] scores = InferenceSession.of(model, 1).predict(sample);
 * }</pre>
 *
 * <p><b>The batch</b> is no axis of a {@code Model}. In the file it is the open dimension of the
 * inputs, and if there are several or none, the first; what has a batch of 1 inside is understood,
 * too. Other open dimensions, such as a number of steps, need a size: {@link #dimension}.
 *
 * <p><b>What is trained.</b> The weights of layers; and of the arrays that the graph adds or
 * multiplies, initializers of several finite floats ({@link #fixed} takes some out). Layers that
 * share their arrays share their parameters, but arrays that are all 0 or all 1 are never shared:
 * exporters write equal ones once. What the exporter folded away when the model was in evaluation
 * mode, such as dropout, is not there to be trained.
 *
 * <p><b>Labels.</b> Outputs that are whole numbers, texts or lists, such as the label and the maps
 * of a classifier from scikit-learn, are left out; of a map the probabilities in it are taken. An
 * operator that is missing is named with its node.
 */
public final class OnnxImport {

    private static final long OLDEST = 7;
    private static final long NEWEST = 28;

    private final Path file;
    private final OnnxModel source;
    private final Map<String, Integer> dimensions = new HashMap<>();
    private final Set<String> fixed = new HashSet<>();
    private List<String> outputs = List.of();
    private int batchAxis = InputShapes.FIND;

    private OnnxImport(Path file) throws IOException {
        this.file = Objects.requireNonNull(file, "file");
        this.source = OnnxFile.read(file);
    }

    /** Reads a file, whose model is then made by {@link #model} or {@link #open}. */
    public static OnnxImport of(Path file) throws IOException {
        return new OnnxImport(file);
    }

    /**
     * Makes a model of a file.
     *
     * @throws FormatException if the file is damaged, or a node cannot be imported: names it
     */
    public static Model load(Path file) throws IOException {
        return of(file).model();
    }

    /** Says how large an open dimension is, by its name in the file. */
    public OnnxImport dimension(String name, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "dimension %s: size is %s; it must be 1 or more".formatted(name, size));
        }
        dimensions.put(Objects.requireNonNull(name, "name"), size);
        return this;
    }

    /** Says that initializers are not trained, such as the positions of an encoding. */
    public OnnxImport fixed(String... initializers) {
        fixed.addAll(List.of(initializers));
        return this;
    }

    /** Says which axis of the inputs is the batch, where the file does not tell. */
    public OnnxImport batchAxis(int axis) {
        if (axis < 0) {
            throw new IllegalArgumentException(
                    "batchAxis: axis is %s; it must be 0 or more".formatted(axis));
        }
        batchAxis = axis;
        return this;
    }

    /** Takes these values of the graph as outputs, in place of its own. */
    public OnnxImport outputs(String... names) {
        outputs = List.of(names);
        return this;
    }

    /**
     * Makes the model.
     *
     * @throws FormatException if a node cannot be imported: names it
     */
    public Model model() throws FormatException {
        return (Model) open().model();
    }

    /**
     * Makes the model, with the names of inputs and outputs, and of classes where they are there.
     *
     * @throws FormatException if a node cannot be imported: names it
     */
    public ModelFile open() throws FormatException {
        try {
            return make();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw OnnxFile.broken(file, e);
        }
    }

    private ModelFile make() {
        source.opsets().forEach(OnnxImport::requireOpset);
        GraphOrder order = GraphOrder.of(FunctionBodies.inlined(source), outputs);
        long inFile = source.graph().initializers().stream().mapToLong(OnnxTensor::elements).sum();
        Budget budget = new Budget(inFile);
        InputShapes shapes = new InputShapes(order.inputs(), dimensions, batchAxis);
        Importing context =
                new Importing(
                        source.opsets().getOrDefault("", 1L),
                        shapes.batch(),
                        order.wanted(),
                        order.takers(),
                        fixed,
                        budget);
        for (OnnxTensor tensor : source.graph().initializers()) {
            if (context.isWanted(tensor.name())) {
                context.made().put(tensor.name(), Known.of(tensor.name(), tensor, budget));
            }
        }
        SequencedMap<String, Input> inputs = new LinkedHashMap<>();
        for (OnnxValueInfo input : order.inputs()) {
            Layout layout = shapes.layout(input);
            Input value = new Input(layout.sample());
            if (order.flowing().contains(input.name())) {
                inputs.put(input.name(), value);
            }
            boolean whole = input.type().isInteger();
            context.made()
                    .put(input.name(), new Flow(value, layout, shapes.batch(), whole, Double.NaN));
        }
        for (OnnxNode node : order.nodes()) {
            new NodeImport(context, budget).run(node);
        }
        return file(context, order, inputs);
    }

    private static void requireOpset(String domain, long version) {
        if (domain.isEmpty() && (version < OLDEST || version > NEWEST)) {
            throw new IllegalArgumentException(
                    "expected operators of version %s to %s, found %s"
                            .formatted(OLDEST, NEWEST, version));
        }
    }

    private ModelFile file(
            Importing context, GraphOrder order, SequencedMap<String, Input> inputs) {
        List<Value> ends = new ArrayList<>();
        List<String> names = new ArrayList<>();
        order.outputs()
                .forEach(
                        (name, from) -> {
                            if (!(context.made().get(from) instanceof Flow flow)) {
                                throw new IllegalArgumentException(
                                        "output %s is the same for all samples".formatted(name));
                            }
                            boolean again = ends.contains(flow.value());
                            boolean bare = inputs.containsValue(flow.value());
                            Value end =
                                    again || bare
                                            ? flow.value().then(new Identity())
                                            : flow.value();
                            ends.add(end);
                            names.add(name);
                        });
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("no output depends on an input");
        }
        Model model = new Model(List.copyOf(inputs.values()), ends);
        ModelFile made =
                new ModelFile(model)
                        .inputNames(inputs.keySet().toArray(String[]::new))
                        .outputNames(names.toArray(String[]::new));
        Shape output = model.outputShape(model.inputShape());
        if (order.labels().size() == output.features()) {
            made.labels(order.labels());
        }
        return made;
    }
}
