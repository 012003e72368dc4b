package io.github.lanewise.spark;

import io.github.lanewise.nn.model.ModelFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model file as an array, which Spark carries about. */
final class ModelBytes {

    private static final String SUFFIX = ".safetensors";

    private ModelBytes() {}

    static byte[] of(ModelFile model) throws IOException {
        Path file = Files.createTempFile("lanewise-model", SUFFIX);
        try {
            model.save(file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static ModelFile open(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("lanewise-model", SUFFIX);
        try {
            Files.write(file, bytes);
            return ModelFile.open(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
