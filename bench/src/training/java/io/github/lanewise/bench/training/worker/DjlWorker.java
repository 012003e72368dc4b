package io.github.lanewise.bench.training.worker;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/** PyTorch's native library, driven through DJL. */
public final class DjlWorker implements Stack {

    private DjlWorker() {}

    /** Answers on standard output; threads are DJL's properties. */
    public static void main(String... args) throws IOException {
        new WorkerLoop(new DjlWorker()).run();
    }

    @Override
    public String version() {
        return "DJL %s with PyTorch %s"
                .formatted(Engine.getDjlVersion(), Engine.getInstance().getVersion());
    }

    @Override
    public Training training(Workload workload, Samples samples) {
        return new DjlTraining(workload, samples);
    }

    @Override
    public Inference inference(Workload workload, int batch, Samples samples) {
        return DjlInference.of(workload, batch, samples);
    }

    @Override
    public float firstStep(Workload workload) {
        int batch = workload.batch();
        DjlNet net = new DjlNet(workload, batch);
        NDArray inputs = net.manager().randomUniform(0, 1, net.input(batch));
        int[] labels = new Random(1).ints(batch, 0, workload.classes()).toArray();
        return net.step(inputs, net.manager().create(labels, new Shape(batch)));
    }

    @Override
    public float epoch(Workload workload, Path folder) throws IOException {
        MnistImages mnist = MnistImages.read(folder);
        int batch = workload.batch();
        DjlNet net = new DjlNet(workload, batch);
        NDManager manager = net.manager();
        Shape shape = new Shape(mnist.size(), MnistImages.FEATURES);
        NDArray pixels = manager.create(ByteBuffer.wrap(mnist.pixels()), shape, DataType.UINT8);
        NDArray labels = manager.create(mnist.labels(), new Shape(mnist.size()));
        NDArray order = manager.randomUniform(0, 1, new Shape(mnist.size())).argSort();
        float loss = 0;
        for (int from = 0; from < mnist.size(); from += batch) {
            int to = Math.min(from + batch, mnist.size());
            try (NDManager step = manager.newSubManager()) {
                NDArray rows = order.get(step, new NDIndex(from + ":" + to));
                NDIndex chosen = new NDIndex("{}", rows);
                NDArray images = pixels.get(step, chosen).toType(DataType.FLOAT32, false).div(255);
                NDArray inputs = images.reshape(net.input(to - from));
                loss = net.step(inputs, labels.get(step, chosen));
            }
        }
        return loss;
    }
}
