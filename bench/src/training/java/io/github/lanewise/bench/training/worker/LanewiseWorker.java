package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.BoundNet;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.Trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Ours. */
public final class LanewiseWorker implements Stack {

    private LanewiseWorker() {}

    /**
     * Answers on standard output; the number of threads is the property {@code lanewise.threads}.
     */
    public static void main(String... args) throws IOException {
        new WorkerLoop(new LanewiseWorker()).run();
    }

    @Override
    public String version() {
        return Engine.describe().strip().replaceAll("\\s*\\n\\s*", "; ").replaceAll(" +", " ");
    }

    @Override
    public boolean builds(Workload workload) {
        return true;
    }

    @Override
    public Training training(Workload workload, Samples samples) {
        return new LanewiseTraining(workload, samples);
    }

    @Override
    public Inference inference(Workload workload, int batch, Samples samples) {
        return LanewiseInference.of(workload, batch, samples);
    }

    @Override
    public float firstStep(Workload workload) {
        TrainedNet net = TrainedNet.of(workload);
        SplittableRandom random = new SplittableRandom(1);
        Matrix inputs = Matrix.zeros(net.batch(), net.input().features());
        for (int i = 0; i < inputs.data().length; i++) {
            inputs.data()[i] = (float) random.nextDouble();
        }
        int[] labels = random.ints(net.batch(), 0, workload.classes()).toArray();
        return new BoundNet(net).run(inputs, Targets.labels(labels));
    }

    @Override
    public float epoch(Workload workload, Path folder) throws IOException {
        // Its warm-up does not need the data.
        Engine.kernels();
        MnistImages mnist = MnistImages.read(folder);
        Dataset dataset =
                Dataset.ofBytes(
                        mnist.pixels(),
                        new Shape(MnistImages.FEATURES),
                        Targets.labels(mnist.labels()),
                        1 / 255f,
                        0);
        TrainedNet net = TrainedNet.of(workload);
        Trainer trainer = new Trainer(net.model(), new SoftmaxCrossEntropy(), net.optimizer());
        return (float) trainer.fit(dataset, 1, net.batch()).epochs().getLast().loss();
    }
}
