package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The loop over the batches of an epoch. */
final class Fitting {

    private final Dataset dataset;
    private final int samples;
    private final int size;
    private final StepCache steps;
    private final Accumulation gradients;
    private final int accumulated;
    private final int[] order;
    private final List<Batch> full = new ArrayList<>();
    private Batch rest;

    /**
     * @param dropLast whether a last batch that is not full is left out
     * @param accumulated batches of a step
     */
    Fitting(
            Dataset dataset,
            int batchSize,
            boolean dropLast,
            int accumulated,
            StepCache steps,
            Accumulation gradients) {
        this.dataset = dataset;
        this.size = Math.min(batchSize, dataset.size());
        this.samples = dropLast ? dataset.size() / size * size : dataset.size();
        this.steps = steps;
        this.gradients = gradients;
        this.accumulated = accumulated;
        this.order = new int[dataset.size()];
        Step first = steps.training(dataset.shape(), size);
        if (dataset.targets() != null) {
            first.loss().check(dataset.targets());
        }
        if (samples % size != 0) {
            rest = new Batch(dataset, samples % size);
            steps.training(dataset.shape(), rest.size());
        }
    }

    int batches() {
        return Math.ceilDiv(samples, size);
    }

    int samples() {
        return samples;
    }

    /** Sets the order of an epoch's samples. */
    void order(RandomStream shuffling) {
        if (shuffling == null) {
            Arrays.setAll(order, i -> i);
        } else {
            shuffling.permutation(order);
        }
    }

    /** Computes the batches of one step, and takes it. */
    void step(Progress progress, Iterable<TrainerCallback> callbacks) {
        int at = progress.samples();
        gradients.clear();
        for (int i = 0; i < accumulated && at < samples; i++) {
            Batch batch = samples - at >= size ? full(i) : rest;
            batch.load(order, at);
            gradients.add(batch, steps.training(dataset.shape(), batch.size()));
            at += batch.size();
        }
        for (int i = 0; i < gradients.size(); i++) {
            float loss = gradients.compute(i);
            Batch batch = gradients.batch(i);
            progress.endBatch(gradients.step(i), loss, batch.inputs(), batch.targets());
            if (i == gradients.size() - 1) {
                takeStep(progress, callbacks);
            }
            for (TrainerCallback callback : callbacks) {
                callback.onBatchEnd(progress);
            }
        }
    }

    private void takeStep(Progress progress, Iterable<TrainerCallback> callbacks) {
        for (TrainerCallback callback : callbacks) {
            callback.onStepBegin(progress);
        }
        if (!progress.isStepLeftOut()) {
            gradients.step();
        }
    }

    /** Returns the buffers of batch i of a step; those of one batch serve unless there are more. */
    private Batch full(int i) {
        while (full.size() <= i) {
            full.add(new Batch(dataset, size));
        }
        return full.get(i);
    }
}
