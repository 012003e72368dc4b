package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What all contenders start from, read from files: little-endian, rows one after another.
 *
 * @param parameters first values, one parameter after the other, in PyTorch's order and layout
 * @param inputs a row of features for each sample
 * @param labels a class for each answer of a sample
 * @param lengths steps of each sample that count; null where all do
 * @param size how many samples there are
 * @param folder where the files are
 */
record Samples(
        float[] parameters, float[] inputs, int[] labels, int[] lengths, int size, Path folder) {

    /** Reads the files of a workload. */
    static Samples read(Workload workload, Path folder) throws IOException {
        float[] inputs = floats(folder.resolve("inputs.f32"));
        Path lengths = folder.resolve("lengths.i32");
        return new Samples(
                floats(folder.resolve("parameters.f32")),
                inputs,
                integers(folder.resolve("labels.i32")),
                Files.exists(lengths) ? integers(lengths) : null,
                inputs.length / workload.features(),
                folder);
    }

    private static float[] floats(Path file) throws IOException {
        ByteBuffer bytes = bytes(file);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static int[] integers(Path file) throws IOException {
        ByteBuffer bytes = bytes(file);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    private static ByteBuffer bytes(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies each parameter, in the shapes of {@link Workload#parameterShapes()}. */
    List<float[]> parameters(Workload workload) {
        List<float[]> all = new ArrayList<>();
        int from = 0;
        for (int[] shape : workload.parameterShapes()) {
            int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            all.add(Arrays.copyOfRange(parameters, from, from + length));
            from += length;
        }
        return all;
    }

    /** Copies the inputs of the batch that begins at a sample. */
    float[] inputs(int from, int batch) {
        int features = inputs.length / size;
        return Arrays.copyOfRange(inputs, from * features, (from + batch) * features);
    }

    /** Copies the labels of the batch that begins at a sample. */
    int[] labels(int from, int batch) {
        return Arrays.copyOfRange(labels, from, from + batch);
    }
}
