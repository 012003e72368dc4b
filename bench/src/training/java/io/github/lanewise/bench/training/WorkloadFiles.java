package io.github.lanewise.bench.training;

import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.training.worker.LanewiseParameters;
import io.github.lanewise.onnx.export.OnnxExport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes what all contenders start from: first parameters, samples, labels.
 *
 * <p>Samples are made up, like digits: most features are zero, and those of the sample's class are
 * brighter, so that training converges and stays away from subnormal numbers.
 */
final class WorkloadFiles {

    static final int SAMPLES = 2048;

    private static final double BLANK_SHARE = 0.8;
    private static final float CLASS_BRIGHTNESS = 0.5f;

    private WorkloadFiles() {}

    /** Writes the files of a workload into a folder and returns that. */
    static Path write(Workload workload, Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(workload.name()));
        TrainedNet net = TrainedNet.of(workload);
        float[] parameters = LanewiseParameters.get(workload, net.model());
        write(folder.resolve("parameters.f32"), parameters);
        new OnnxExport(net.model()).inputShape(net.input()).write(folder.resolve("model.onnx"));
        SplittableRandom random = new SplittableRandom(4);
        int features = workload.features();
        float[] inputs = new float[SAMPLES * features];
        int[] labels = random.ints(SAMPLES, 0, workload.classes()).toArray();
        for (int i = 0; i < inputs.length; i++) {
            int feature = i % features;
            double drawn = random.nextDouble();
            boolean blank = features > workload.classes() && drawn < BLANK_SHARE;
            boolean own = feature % workload.classes() == labels[i / features];
            float brightness = own ? CLASS_BRIGHTNESS : 0;
            inputs[i] = blank ? 0 : (float) random.nextDouble(0, 0.5) + brightness;
        }
        write(folder.resolve("inputs.f32"), inputs);
        ByteBuffer bytes = buffer(labels.length);
        bytes.asIntBuffer().put(labels);
        Files.write(folder.resolve("labels.i32"), bytes.array());
        return folder;
    }

    private static void write(Path file, float... values) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static ByteBuffer buffer(int numbers) {
        return ByteBuffer.allocate(numbers * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
