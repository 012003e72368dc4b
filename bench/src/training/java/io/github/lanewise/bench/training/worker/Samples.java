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
 * @param parameters first values, in the order and layout of {@link Workload#parameterShapes()}
 * @param inputs a row of features for each sample
 * @param labels a class for each sample
 * @param folder where the files are
 */
record Samples(List<float[]> parameters, float[] inputs, int[] labels, Path folder) {

    /** Reads the files of a workload. */
    static Samples read(Workload workload, Path folder) throws IOException {
        float[] all = floats(folder.resolve("parameters.f32"));
        List<float[]> parameters = new ArrayList<>();
        int from = 0;
        for (int[] shape : workload.parameterShapes()) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            parameters.add(Arrays.copyOfRange(all, from, from + size));
            from += size;
        }
        ByteBuffer labels = bytes(folder.resolve("labels.i32"));
        int[] classes = new int[labels.remaining() / Integer.BYTES];
        labels.asIntBuffer().get(classes);
        return new Samples(parameters, floats(folder.resolve("inputs.f32")), classes, folder);
    }

    private static float[] floats(Path file) throws IOException {
        ByteBuffer bytes = bytes(file);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer bytes(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return labels.length;
    }

    /** Copies the inputs of the batch that begins at a sample. */
    float[] inputs(int from, int batch) {
        int features = inputs.length / labels.length;
        return Arrays.copyOfRange(inputs, from * features, (from + batch) * features);
    }

    /** Copies the labels of the batch that begins at a sample. */
    int[] labels(int from, int batch) {
        return Arrays.copyOfRange(labels, from, from + batch);
    }
}
