package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads a {@link ModelFile}. */
final class ModelReader {

    /** How parameters may be stored in a model. */
    static final List<DType> STORED_AS = List.of(DType.F32, DType.BF16, DType.F16);

    private final Path path;
    private final LayerTypes types;

    ModelReader(Path path, LayerTypes types) {
        this.path = path;
        this.types = types;
    }

    ModelFile read() throws IOException {
        try (TensorFile tensors = Safetensors.open(path)) {
            int version = version(tensors);
            Layer model =
                    new ArchitectureReader(types).read(get(tensors, ModelHeader.ARCHITECTURE));
            SequencedMap<String, SavedArray> arrays = SavedArray.of(model);
            ArrayMatch match = new ArrayMatch(arrays, tensors, STORED_AS);
            match.requireAll("model: " + path);
            match.read(tensors);
            restoreStreams(model, tensors);
            ModelFile file = describe(model, version, tensors);
            return arrays.isEmpty() ? file : file.weights(storedAs(arrays, tensors));
        }
    }

    private static DType storedAs(SequencedMap<String, SavedArray> arrays, TensorFile tensors) {
        return arrays.entrySet().stream()
                .filter(array -> array.getValue().trained())
                .findFirst()
                .map(array -> tensors.tensors().get(array.getKey()).dtype())
                .orElse(DType.F32);
    }

    private int version(TensorFile tensors) throws FormatException {
        String text = tensors.metadata().get(ModelHeader.FORMAT);
        if (text == null) {
            throw new FormatException(
                    "model: %s: expected a model, found arrays without %s in their metadata; read them into a model of your own with Weights.load"
                            .formatted(path, ModelHeader.FORMAT));
        }
        int version = get(tensors, ModelHeader.FORMAT).asInt();
        if (version > ModelFile.FORMAT_VERSION) {
            throw new FormatException(
                    "model: %s: expected format version %s or older, found %s; read it with a newer version of this library"
                            .formatted(path, ModelFile.FORMAT_VERSION, version));
        }
        if (version < 1) {
            throw get(tensors, ModelHeader.FORMAT).expected("a version from 1");
        }
        if (!tensors.isChecksummed()) {
            throw new FormatException(
                    "model: %s: expected checksums, found none; the file was altered by another program; if that was meant, read the arrays into a model of your own with Weights.load"
                            .formatted(path));
        }
        return version;
    }

    private Json get(TensorFile tensors, String name) throws FormatException {
        return find(tensors, name)
                .orElseThrow(
                        () ->
                                new FormatException(
                                        "model: %s: expected metadata %s, found none"
                                                .formatted(path, name)));
    }

    private Optional<Json> find(TensorFile tensors, String name) throws FormatException {
        String text = tensors.metadata().get(name);
        return text == null
                ? Optional.empty()
                : Optional.of(
                        Json.parse(
                                text.getBytes(StandardCharsets.UTF_8),
                                "%s: metadata %s".formatted(path, name)));
    }

    private void restoreStreams(Layer model, TensorFile tensors) throws FormatException {
        SequencedMap<String, Stochastic> layers = Stochastic.all(model);
        if (layers.isEmpty()) {
            return;
        }
        Json streams = get(tensors, ModelHeader.RANDOM);
        streams.only(layers.keySet().toArray(String[]::new));
        for (Map.Entry<String, Stochastic> entry : layers.entrySet()) {
            Json stream = streams.get(entry.getKey()).only("seed", "draws");
            long draws = stream.get("draws").asLong();
            if (draws < 0) {
                throw stream.get("draws").expected("0 or more");
            }
            entry.getValue().restart(stream.get("seed").asLong(), entry.getKey());
            entry.getValue().draws(draws);
        }
    }

    private ModelFile describe(Layer model, int version, TensorFile tensors)
            throws FormatException {
        String createdBy = tensors.metadata().getOrDefault(ModelHeader.CREATED_BY, "unknown");
        ModelFile file = new ModelFile(model, version, createdBy).layerTypes(types);
        try {
            Optional<Json> shape = find(tensors, ModelHeader.INPUT_SHAPE);
            if (shape.isPresent()) {
                file.inputShape(new Shape(shape.get().asInts()));
            }
            file.labels(strings(tensors, ModelHeader.LABELS));
            if (tensors.metadata().containsKey(ModelHeader.INPUT_NAMES)) {
                file.inputNames(array(strings(tensors, ModelHeader.INPUT_NAMES)));
            }
            if (tensors.metadata().containsKey(ModelHeader.OUTPUT_NAMES)) {
                file.outputNames(array(strings(tensors, ModelHeader.OUTPUT_NAMES)));
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException("model: %s: %s".formatted(path, e.getMessage()), e);
        }
        for (String name : tensors.metadata().keySet()) {
            if (name.startsWith(ModelHeader.ADDED)) {
                file.metadata(name.substring(ModelHeader.ADDED.length()), get(tensors, name));
            }
        }
        return file;
    }

    private static String[] array(List<String> strings) {
        return strings.toArray(String[]::new);
    }

    private List<String> strings(TensorFile tensors, String name) throws FormatException {
        Optional<Json> json = find(tensors, name);
        return json.isPresent() ? json.get().asStrings() : List.of();
    }
}
