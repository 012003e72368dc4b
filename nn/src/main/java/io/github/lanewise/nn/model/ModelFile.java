package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.graph.Model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A network as one file: what it is made of, its weights, and what a program that asks it must
 * know.
 *
 * <pre>{@code
 * ModelFile.save(model, Path.of("model.safetensors"));
 * Layer model = ModelFile.load(Path.of("model.safetensors"));
 *
 * new ModelFile(model).labels("cat", "dog").inputShape(new Shape(3, 32, 32)).save(path);
 * ModelFile file = ModelFile.open(path);
 * String answer = file.labels().get(best);
 * }</pre>
 *
 * <p>The file is safetensors, so any tool reads the arrays, which have PyTorch's names, shapes and
 * order where PyTorch has such a layer; the rest is JSON in its metadata, under names that begin
 * with {@code lanewise.}. It is data: a layer's name is looked up in {@link LayerTypes}, and
 * nothing else decides what runs. A file that is torn, or that another program changed, is refused.
 *
 * <p>Parameters, states, all options, shared layers, and the random streams of layers such as
 * dropout make the trip, so a loaded model gives and trains to the same bits. The initializers do
 * not: {@link Layer#initialize(long)} of a loaded model draws from those of its layers.
 *
 * <p>A file written by this version is read by every later one.
 */
public final class ModelFile {

    /** The version of the format that is written: 1. */
    public static final int FORMAT_VERSION = 1;

    private final Layer model;
    private final int formatVersion;
    private final String createdBy;
    private final SequencedMap<String, Json> metadata = new LinkedHashMap<>();
    private LayerTypes types = LayerTypes.standard();
    private DType weights = DType.F32;
    private Shape inputShape;
    private List<String> labels = List.of();
    private List<String> inputNames = List.of();
    private List<String> outputNames = List.of();

    /** Begins a file of a model, as float32 and with nothing but the model. */
    public ModelFile(Layer model) {
        this(model, FORMAT_VERSION, ModelHeader.createdBy());
    }

    ModelFile(Layer model, int formatVersion, String createdBy) {
        this.model = Objects.requireNonNull(model, "model");
        this.formatVersion = formatVersion;
        this.createdBy = createdBy;
        this.inputShape = model.inputShape();
    }

    /**
     * Writes a model into a file: whole, or not at all.
     *
     * @throws IllegalArgumentException if a layer cannot be written; says which, by its path
     */
    public static void save(Layer model, Path file) throws IOException {
        new ModelFile(model).save(file);
    }

    /** Reads the model from a file; see {@link #open(Path)}. */
    public static Layer load(Path file) throws IOException {
        return open(file).model();
    }

    /** Reads the model from a file; see {@link #open(Path, LayerTypes)}. */
    public static Layer load(Path file, LayerTypes types) throws IOException {
        return open(file, types).model();
    }

    /** Reads a file of this library's own layers; see {@link #open(Path, LayerTypes)}. */
    public static ModelFile open(Path file) throws IOException {
        return open(file, LayerTypes.standard());
    }

    /**
     * Reads a file.
     *
     * @param types the layers that it may name
     * @throws io.github.lanewise.nn.file.FormatException if it is damaged, no model, of a newer
     *     version, or names a layer that is not in the list; says where, what was expected and what
     *     was found
     */
    public static ModelFile open(Path file, LayerTypes types) throws IOException {
        return new ModelReader(file, Objects.requireNonNull(types, "types")).read();
    }

    /** Sets the names of the classes, in the order of the outputs. */
    public ModelFile labels(String... names) {
        return labels(List.of(names));
    }

    /** Sets the names of the classes, in the order of the outputs. */
    public ModelFile labels(List<String> names) {
        labels = List.copyOf(names);
        return this;
    }

    /**
     * Sets the shape of a sample; that which the model itself tells unless set.
     *
     * @throws IllegalArgumentException if the model cannot take such a sample
     */
    public ModelFile inputShape(Shape shape) {
        model.outputShape(shape);
        inputShape = shape;
        return this;
    }

    /**
     * Names the inputs, in order.
     *
     * @throws IllegalArgumentException if the model has not so many, or a name is there twice
     */
    public ModelFile inputNames(String... names) {
        int count = model instanceof Model graph ? graph.inputShapes().size() : 1;
        inputNames = distinct("inputNames", List.of(names), count);
        return this;
    }

    /**
     * Names the outputs, in order.
     *
     * @throws IllegalArgumentException if the model has not so many, or a name is there twice
     */
    public ModelFile outputNames(String... names) {
        int count = model instanceof Model graph ? graph.outputShapes().size() : 1;
        outputNames = distinct("outputNames", List.of(names), count);
        return this;
    }

    private static List<String> distinct(String what, List<String> names, int count) {
        if (names.size() != count || Set.copyOf(names).size() != count) {
            throw new IllegalArgumentException(
                    "%s: %s; the model needs %s, each its own".formatted(what, names, count));
        }
        return names;
    }

    /** Adds what the program wants to find again, under a name of its choice. */
    public ModelFile metadata(String name, Json value) {
        metadata.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets how the parameters are stored: as F32, exactly, or as BF16 or F16, rounded to the
     * nearest, in half the bytes; states stay F32.
     *
     * @throws IllegalArgumentException if it is another type
     */
    public ModelFile weights(DType dtype) {
        if (!ModelReader.STORED_AS.contains(dtype)) {
            throw new IllegalArgumentException(
                    "weights: %s; store them as one of %s".formatted(dtype, ModelReader.STORED_AS));
        }
        weights = dtype;
        return this;
    }

    /** Sets the list of layers, where the model has some of the program's own. */
    public ModelFile layerTypes(LayerTypes list) {
        types = Objects.requireNonNull(list, "list");
        return this;
    }

    /** Returns the model. */
    public Layer model() {
        return model;
    }

    /** Returns the names of the classes, in the order of the outputs; none unless they were set. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the shape of a sample; null if neither file nor model tells. */
    public Shape inputShape() {
        return inputShape;
    }

    /** Returns the names of the inputs; none unless they were set. */
    public List<String> inputNames() {
        return inputNames;
    }

    /** Returns the names of the outputs; none unless they were set. */
    public List<String> outputNames() {
        return outputNames;
    }

    /** Returns what was added under a name. */
    public Optional<Json> metadata(String name) {
        return Optional.ofNullable(metadata.get(name));
    }

    /** Returns all that was added, by name. */
    public Map<String, Json> metadata() {
        return new TreeMap<>(metadata);
    }

    /** Returns how the parameters are stored. */
    public DType weights() {
        return weights;
    }

    /** Returns the version of the format of the file that was read, or is to be written. */
    public int formatVersion() {
        return formatVersion;
    }

    /** Returns which program wrote the file. */
    public String createdBy() {
        return createdBy;
    }

    /**
     * Writes the file: whole, or not at all.
     *
     * @throws IllegalArgumentException if a layer cannot be written; says which, by its path
     */
    public void save(Path file) throws IOException {
        new ModelWriter(this, types).write(file);
    }

    /** Returns the layers that draw random numbers, with their seeds and draws. */
    Json random() {
        Map<String, Object> streams = new LinkedHashMap<>();
        Stochastic.all(model)
                .forEach(
                        (path, layer) -> {
                            Map<String, Object> stream = new LinkedHashMap<>();
                            stream.put("seed", layer.seed());
                            stream.put("draws", layer.draws());
                            streams.put(path, stream);
                        });
        return Json.of(streams);
    }

    /** Returns the model's shape where the file need not tell it. */
    boolean tellsInputShape() {
        return inputShape != null && inputShape.equals(model.inputShape());
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of("format " + formatVersion, createdBy));
        if (inputShape != null) {
            parts.add("input " + inputShape);
        }
        if (!labels.isEmpty()) {
            parts.add(labels.size() + " labels");
        }
        return "ModelFile(%s)".formatted(String.join(", ", parts));
    }
}
