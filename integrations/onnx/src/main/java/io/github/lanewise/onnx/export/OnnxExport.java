package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.onnx.OnnxDimension;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxGraph;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxType;
import io.github.lanewise.onnx.OnnxValueInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Makes an ONNX model of a network, for inference.
 *
 * <pre>{@code
 * OnnxExport.write(model, Path.of("model.onnx"));
 * new OnnxExport(model).inputShape(new Shape(1, 28, 28)).inputNames("image").write(file);
 * }</pre>
 *
 * <p>The file takes samples in the shape that the network takes, the batch before it, of any size:
 * {@code batch x 1 x 28 x 28}. Inputs are floats, but whole numbers of 64 bits where embeddings
 * alone take them. Each input and output of a {@link Model} is one in the file. Layers of training
 * alone, such as dropout, are left out; normalizations use the statistics that they remember.
 * Operators are ONNX's own of version 17; what has none there is said in others. Weights have their
 * paths in the model as names, and PyTorch's layouts where the operator takes them.
 *
 * <p>Sequences have the length that the network was given; lengths of single samples, which a
 * program gives beside them, have no place in the file. An option that has no form in ONNX here is
 * refused by name, with the layer's place.
 */
public final class OnnxExport {

    /** Version of the operators. */
    public static final int OPSET = 17;

    /** Version of the file format, the one that came with the operators. */
    private static final int IR_VERSION = 8;

    private static final String BATCH = "batch";

    private final Layer model;
    private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
    private Shape inputShape;
    private List<String> inputNames;
    private List<String> outputNames;
    private float scale = 1;
    private float shift;

    /** Makes an export of a model. */
    public OnnxExport(Layer model) {
        this.model = Objects.requireNonNull(model, "model");
        inputShape = model.inputShape();
        inputNames = names("input", model instanceof Model m ? m.inputShapes().size() : 1);
        outputNames = names("output", model instanceof Model m ? m.outputShapes().size() : 1);
    }

    /**
     * Makes an export of what a file holds, with its shapes and names, and its labels as metadata.
     */
    public static OnnxExport of(ModelFile file) {
        OnnxExport export = new OnnxExport(file.model());
        if (file.inputShape() != null) {
            export.inputShape(file.inputShape());
        }
        if (!file.inputNames().isEmpty()) {
            export.inputNames(file.inputNames().toArray(String[]::new));
        }
        if (!file.outputNames().isEmpty()) {
            export.outputNames(file.outputNames().toArray(String[]::new));
        }
        if (!file.labels().isEmpty()) {
            export.metadata("labels", String.join("\n", file.labels()));
        }
        return export;
    }

    /**
     * Writes a model into a file.
     *
     * @throws IllegalArgumentException as {@link #model()}
     */
    public static void write(Layer model, Path file) throws IOException {
        new OnnxExport(model).write(file);
    }

    private static List<String> names(String word, int count) {
        if (count == 1) {
            return List.of(word);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(word + "_" + i);
        }
        return names;
    }

    /**
     * Sets the shape of a sample; that which the model itself tells unless set.
     *
     * @throws IllegalArgumentException if the model cannot take such a sample
     */
    public OnnxExport inputShape(Shape shape) {
        model.outputShape(shape);
        inputShape = shape;
        return this;
    }

    /**
     * Names the inputs, in order; {@code input}, or {@code input_0} and so on, unless set.
     *
     * @throws IllegalArgumentException if the model has not so many, or a name is empty or there
     *     twice
     */
    public OnnxExport inputNames(String... names) {
        inputNames = checked("inputNames", inputNames.size(), names);
        return this;
    }

    /**
     * Names the outputs, in order; {@code output}, or {@code output_0} and so on, unless set.
     *
     * @throws IllegalArgumentException if the model has not so many, or a name is empty or there
     *     twice
     */
    public OnnxExport outputNames(String... names) {
        outputNames = checked("outputNames", outputNames.size(), names);
        return this;
    }

    private static List<String> checked(String what, int count, String... names) {
        List<String> list = List.of(names);
        if (list.size() != count || Set.copyOf(list).size() != count || list.contains("")) {
            throw new IllegalArgumentException(
                    "%s: %s; the model needs %s, each its own".formatted(what, list, count));
        }
        return list;
    }

    /** Lets the file take inputs as they come: the network gets {@code scale x + shift}. */
    public OnnxExport scaleInputs(float scale, float shift) {
        this.scale = scale;
        this.shift = shift;
        return this;
    }

    /** Adds a text to the file's metadata. */
    public OnnxExport metadata(String name, String text) {
        metadata.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
        return this;
    }

    /**
     * Writes the file, in one step: nobody sees half of it.
     *
     * @throws IllegalArgumentException as {@link #model()}
     */
    public void write(Path file) throws IOException {
        OnnxFile.write(model(), file);
    }

    /**
     * Makes the ONNX model.
     *
     * @throws IllegalArgumentException if a layer is none of the library, or has an option without
     *     a form in ONNX, or the shape of a sample is not known
     */
    public OnnxModel model() {
        List<Shape> shapes = inputShapes();
        List<String> reserved = new ArrayList<>(inputNames);
        reserved.addAll(outputNames);
        GraphBuilder graph = new GraphBuilder(Emitters.STANDARD, model, reserved);
        List<Wire> inputs = new ArrayList<>();
        List<OnnxValueInfo> declared = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            boolean scaled = scale != 1 || shift != 0;
            boolean indices = !scaled && IndexInputs.isIndices(model, i);
            Wire input = new Wire(inputNames.get(i), shapes.get(i), indices);
            declared.add(declared(input));
            inputs.add(scaled ? OperationEmitters.affine(graph, input, scale, shift) : input);
        }
        graph.batchOf(inputNames.getFirst());
        List<Wire> outputs =
                model instanceof Model wired
                        ? WiringEmitters.model(graph, wired, inputs)
                        : List.of(graph.layer("", model, inputs.getFirst()));
        return model(graph, declared, outputs);
    }

    private List<Shape> inputShapes() {
        if (model instanceof Model wired) {
            return wired.inputShapes();
        }
        if (inputShape == null) {
            throw new IllegalArgumentException(
                    "OnnxExport: the model takes samples of several shapes; say which by"
                            + " inputShape");
        }
        model.outputShape(inputShape);
        return List.of(inputShape);
    }

    private OnnxModel model(GraphBuilder graph, List<OnnxValueInfo> inputs, List<Wire> outputs) {
        List<OnnxValueInfo> declared = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String name = outputNames.get(i);
            graph.rename(outputs.get(i).name(), name);
            declared.add(declared(new Wire(name, outputs.get(i).shape())));
        }
        OnnxGraph made =
                new OnnxGraph(
                        "lanewise", inputs, declared, graph.nodes(), graph.arrays(), List.of());
        return new OnnxModel(
                IR_VERSION,
                new LinkedHashMap<>(Map.of("", (long) OPSET)),
                "lanewise",
                "",
                made,
                List.of(),
                metadata);
    }

    private static OnnxValueInfo declared(Wire value) {
        OnnxDimension[] dimensions = new OnnxDimension[value.rank()];
        dimensions[0] = OnnxDimension.of(BATCH);
        for (int axis = 1; axis < dimensions.length; axis++) {
            dimensions[axis] = OnnxDimension.of(value.shape().dimension(axis - 1));
        }
        OnnxType type = value.isIndices() ? OnnxType.INT64 : OnnxType.FLOAT;
        return new OnnxValueInfo(value.name(), type, List.of(dimensions));
    }
}
