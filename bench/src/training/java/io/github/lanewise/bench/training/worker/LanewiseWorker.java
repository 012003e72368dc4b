package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.BoundNet;
import io.github.lanewise.bench.OurBatch;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.Trainer;

import java.io.IOException;
import java.nio.file.Path;

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
        return new BoundNet(net).run(OurBatch.madeUp(net));
    }

    @Override
    public float epoch(Workload workload, Path folder) throws IOException {
        // Its warm-up does not need the data.
        Engine.kernels();
        MnistImages mnist = MnistImages.read(folder);
        TrainedNet net = TrainedNet.of(workload);
        Dataset dataset =
                Dataset.ofBytes(
                        mnist.pixels(), net.input(), Targets.labels(mnist.labels()), 1 / 255f, 0);
        Trainer trainer = new Trainer(net.model(), new SoftmaxCrossEntropy(), net.optimizer());
        return (float) trainer.fit(dataset, 1, net.batch()).epochs().getLast().loss();
    }
}
