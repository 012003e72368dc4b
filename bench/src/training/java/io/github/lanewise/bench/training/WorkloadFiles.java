package io.github.lanewise.bench.training;

import io.github.lanewise.bench.MadeUpSamples;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.training.worker.LanewiseParameters;
import io.github.lanewise.onnx.export.OnnxExport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what all contenders start from: first parameters, samples, labels, lengths. */
final class WorkloadFiles {

    static final int SAMPLES = 2048;

    private WorkloadFiles() {}

    /** Writes the files of a workload into a folder and returns that. */
    static Path write(Workload workload, Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(workload.name()));
        TrainedNet net = TrainedNet.of(workload);
        float[] parameters = LanewiseParameters.get(net.model());
        write(folder.resolve("parameters.f32"), parameters);
        new OnnxExport(net.model()).inputShape(net.input()).write(folder.resolve("model.onnx"));
        MadeUpSamples samples =
                MadeUpSamples.of(net.front(), workload.features(), workload.classes(), SAMPLES);
        write(folder.resolve("inputs.f32"), samples.inputs());
        write(folder.resolve("labels.i32"), samples.labels());
        if (samples.lengths() != null) {
            write(folder.resolve("lengths.i32"), samples.lengths());
        }
        return folder;
    }

    private static void write(Path file, float... values) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static void write(Path file, int... values) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asIntBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static ByteBuffer buffer(int numbers) {
        return ByteBuffer.allocate(numbers * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
