package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.init.RandomStream;

/** The loop over the batches of an epoch. */
final class Fitting {

    private final Accumulation gradients;
    private final TrainerCallback[] callbacks;
    private final int[] order;
    private final Batch full;
    private final Batch last;
    private final Step fullStep;
    private final Step lastStep;

    Fitting(
            Dataset dataset,
            int batchSize,
            StepCache steps,
            Accumulation gradients,
            TrainerCallback[] callbacks) {
        this.gradients = gradients;
        this.callbacks = callbacks;
        this.order = new int[dataset.size()];
        int size = Math.min(batchSize, dataset.size());
        int rest = dataset.size() % size;
        this.full = new Batch(dataset, size);
        this.fullStep = steps.training(dataset.shape(), size);
        this.last = rest == 0 ? full : new Batch(dataset, rest);
        this.lastStep = rest == 0 ? fullStep : steps.training(dataset.shape(), rest);
    }

    Progress progress(int epochs) {
        return new Progress(epochs, Math.ceilDiv(order.length, full.size()), order.length);
    }

    /** Runs an epoch up to its last callback but one, the end. */
    void run(RandomStream shuffling, Progress progress) {
        shuffling.permutation(order);
        progress.beginEpoch();
        for (TrainerCallback callback : callbacks) {
            callback.onEpochBegin(progress);
        }
        while (progress.samples() < order.length && !progress.stopped()) {
            boolean whole = order.length - progress.samples() >= full.size();
            runBatch(whole ? full : last, whole ? fullStep : lastStep, progress);
        }
        progress.endTraining();
    }

    private void runBatch(Batch batch, Step step, Progress progress) {
        batch.load(order, progress.samples());
        boolean last = progress.batch() + 1 == progress.batches();
        float loss = step.train(batch.inputs(), batch.targets(), gradients, last);
        progress.endBatch(batch.size(), loss, batch.countRight(step.outputs()));
        for (TrainerCallback callback : callbacks) {
            callback.onBatchEnd(progress);
        }
    }

    /** Tells the callbacks that the epoch is over, and sums it up. */
    History.Epoch end(Progress progress) {
        for (TrainerCallback callback : callbacks) {
            callback.onEpochEnd(progress);
        }
        return new History.Epoch(
                progress.loss(),
                progress.accuracy(),
                progress.samples(),
                progress.seconds(),
                progress.validation());
    }
}
