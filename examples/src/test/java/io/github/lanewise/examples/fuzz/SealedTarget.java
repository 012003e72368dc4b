package io.github.lanewise.examples.fuzz;

import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file says beside its arrays, such as a model's architecture: the inputs are lines of a
 * name, a tab and a text, and get a right file round them, since otherwise a changed byte is
 * refused by its checksum.
 */
final class SealedTarget {

    private SealedTarget() {}

    /** Makes a target of a reader and what writes a sound file. */
    static FuzzTarget of(
            String name, Path folder, FileTarget.FileReader reader, FileTarget.FileWriter writer) {
        Path again = folder.resolve("sealed");
        List<TensorData> arrays = new ArrayList<>();
        return new FileTarget(
                name,
                folder,
                file -> {
                    if (arrays.isEmpty()) {
                        Path sound = folder.resolve("sound-" + name);
                        writer.write(sound);
                        arrays.addAll(arrays(sound));
                    }
                    String lines = Files.readString(file, StandardCharsets.ISO_8859_1);
                    Safetensors.write(again, metadataOf(lines), arrays);
                    reader.read(again);
                },
                file -> {
                    writer.write(file);
                    Files.writeString(file, metadata(file));
                });
    }

    private static String metadata(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (TensorFile open = TensorFile.open(file)) {
            open.metadata().forEach((name, text) -> lines.append(name + "\t" + text + "\n"));
        }
        return lines.toString();
    }

    private static Map<String, String> metadataOf(String lines) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String line : lines.split("\n")) {
            String[] parts = line.split("\t", 2);
            metadata.put(parts[0], parts[parts.length - 1]);
        }
        return metadata;
    }

    private static List<TensorData> arrays(Path sound) throws IOException {
        try (TensorFile open = TensorFile.open(sound)) {
            List<TensorData> tensors = new ArrayList<>();
            for (TensorInfo tensor : open.tensors().values()) {
                tensors.add(
                        tensor.dtype().isInteger()
                                ? TensorData.of(tensor, open.readLongs(tensor.name()))
                                : TensorData.of(tensor, open.readFloats(tensor.name())));
            }
            return tensors;
        }
    }
}
