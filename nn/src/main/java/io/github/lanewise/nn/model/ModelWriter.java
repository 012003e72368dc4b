package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.ModelHeader.ADDED;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes a {@link ModelFile}. */
final class ModelWriter {

    private final ModelFile file;
    private final LayerTypes types;

    ModelWriter(ModelFile file, LayerTypes types) {
        this.file = file;
        this.types = types;
    }

    void write(Path path) throws IOException {
        Layer model = file.model();
        Json architecture = ArchitectureWriter.write(model, types);
        SequencedMap<String, SavedArray> arrays = SavedArray.of(model);
        requireReadable(architecture, arrays);
        List<TensorData> tensors = new ArrayList<>();
        arrays.forEach(
                (name, array) ->
                        tensors.add(
                                array.toData(name, array.trained() ? file.weights() : DType.F32)));
        Safetensors.write(path, metadata(architecture), tensors);
    }

    private Map<String, String> metadata(Json architecture) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ModelHeader.FRAMEWORK, ModelHeader.PYTORCH);
        metadata.put(ModelHeader.FORMAT, Integer.toString(ModelFile.FORMAT_VERSION));
        metadata.put(ModelHeader.CREATED_BY, ModelHeader.createdBy());
        metadata.put(ModelHeader.ARCHITECTURE, architecture.toString());
        if (!Stochastic.all(file.model()).isEmpty()) {
            metadata.put(ModelHeader.RANDOM, file.random().toString());
        }
        if (file.inputShape() != null && !file.tellsInputShape()) {
            metadata.put(ModelHeader.INPUT_SHAPE, Json.of(file.inputShape().toList()).toString());
        }
        put(metadata, ModelHeader.INPUT_NAMES, file.inputNames());
        put(metadata, ModelHeader.OUTPUT_NAMES, file.outputNames());
        put(metadata, ModelHeader.LABELS, file.labels());
        file.metadata().forEach((name, value) -> metadata.put(ADDED + name, value.toString()));
        return metadata;
    }

    private static void put(Map<String, String> metadata, String name, List<String> strings) {
        if (!strings.isEmpty()) {
            metadata.put(name, Json.of(strings).toString());
        }
    }

    /**
     * Makes the model again from its description. So a layer whose options do not tell all of it,
     * and a tie between layers that the description does not show, fail here and not when somebody
     * needs the file.
     */
    private void requireReadable(Json architecture, SequencedMap<String, SavedArray> arrays) {
        Layer again;
        try {
            again = new ArchitectureReader(types).read(Json.parse(architecture.toBytes(), "model"));
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    "model: cannot be written, for it could not be read: " + e.getMessage(), e);
        }
        SequencedMap<String, SavedArray> others = SavedArray.of(again);
        for (String name : arrays.keySet()) {
            SavedArray other = others.remove(name);
            if (other == null || !other.shape().equals(arrays.get(name).shape())) {
                throw ArchitectureWriter.cannotWrite(
                        "",
                        "%s is %s, but %s in the model made from the options of its layers"
                                .formatted(
                                        name,
                                        arrays.get(name).shape(),
                                        other == null ? "missing" : other.shape()));
            }
        }
        if (!others.isEmpty()) {
            throw ArchitectureWriter.cannotWrite(
                    "",
                    "the model made from the options of its layers has %s too; are parameters shared between different layers?"
                            .formatted(others.firstEntry().getKey()));
        }
        if (!ArchitectureWriter.write(again, types).equals(architecture)) {
            throw ArchitectureWriter.cannotWrite(
                    "", "the model made from the options of its layers has other options");
        }
    }
}
