package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The loop over the batches of an epoch. */
final class Fitting implements AutoCloseable {

    private final Dataset dataset;
    private final int samples;
    private final int size;
    private final StepCache steps;
    private final Accumulation gradients;
    private final int accumulated;
    private final ShardedStep sharded;
    private final int[] order;
    private final Sampler sampler;
    private final Prefetch prefetch;
    private long epoch;
    private final List<Batch> full = new ArrayList<>();
    private Batch rest;
    private ShardedBatch fullInShards;
    private ShardedBatch restInShards;

    /**
     * @param workers among whom batches are cut into shards; null if they are not
     */
    Fitting(
            Dataset dataset,
            int batchSize,
            RunSettings settings,
            StepCache steps,
            Accumulation gradients,
            Collective workers) {
        this.dataset = dataset;
        this.sampler = settings.sampler;
        if (sampler != null) {
            Dataset.requireRandomAccess("sampler", dataset);
        }
        int all = sampler == null ? dataset.size() : sampler.samples(dataset.size());
        this.size = Math.min(batchSize, all);
        this.samples = settings.dropLast ? all / size * size : all;
        this.prefetch =
                settings.prefetch == 0 ? null : new Prefetch(dataset, settings.prefetch, size);
        this.steps = steps;
        this.gradients = gradients;
        this.accumulated = settings.accumulated;
        this.order = new int[all];
        if (workers == null) {
            this.sharded = null;
            check(steps.training(dataset.shape(), size));
            if (samples % size != 0) {
                rest = new Batch(dataset, samples % size);
                steps.training(dataset.shape(), rest.size());
            }
        } else {
            int width = steps.outputWidth(dataset.shape());
            boolean measured = !settings.trainingMetrics.isEmpty();
            this.sharded = new ShardedStep(steps.model(), workers, size, measured ? width : 0);
            fullInShards = inShards(size, workers);
            check(fullInShards.own().getFirst().step());
            if (samples % size != 0) {
                restInShards = inShards(samples % size, workers);
            }
        }
    }

    private ShardedBatch inShards(int rows, Collective workers) {
        return new ShardedBatch(new Batch(dataset, rows), steps, dataset.shape(), workers);
    }

    /**
     * @param step null if this worker's shards are empty; then another one checks
     */
    private void check(Step step) {
        if (step != null && dataset.targets() != null) {
            step.loss().check(dataset.targets());
        }
    }

    int batches() {
        return Math.ceilDiv(samples, size);
    }

    int samples() {
        return samples;
    }

    /**
     * Sets the order of an epoch's samples.
     *
     * @param shuffle whether it is random, where no sampler says it
     * @param number of the epoch of the trainer
     */
    void order(RandomStream shuffling, boolean shuffle, long number) {
        epoch = number;
        if (prefetch != null) {
            prefetch.epoch(order, samples, epoch);
        }
        if (sampler != null) {
            sampler.draw(shuffling, dataset.size(), order);
        } else if (shuffle && !dataset.isSequential()) {
            shuffling.permutation(order);
        } else {
            Arrays.setAll(order, i -> i);
        }
    }

    private void load(Batch batch, int at) {
        if (prefetch == null) {
            batch.load(order, at, epoch);
        } else {
            prefetch.load(batch, at);
        }
    }

    /** Ends the thread that gathers ahead, if there is one. */
    @Override
    public void close() {
        if (prefetch != null) {
            prefetch.close();
        }
    }

    /** Computes the batches of one step, and takes it. */
    void step(Progress progress, List<TrainerCallback> callbacks) {
        if (sharded != null) {
            stepInShards(progress, callbacks);
            return;
        }
        int at = progress.samples();
        gradients.clear();
        for (int i = 0; i < accumulated && at < samples; i++) {
            Batch batch = samples - at >= size ? full(i) : rest;
            load(batch, at);
            gradients.add(batch, steps.training(dataset.shape(), batch.size()));
            at += batch.size();
        }
        for (int i = 0; i < gradients.size(); i++) {
            float loss = gradients.compute(i);
            Batch batch = gradients.batch(i);
            progress.endBatch(gradients.step(i), loss, batch.inputs(), batch.targets());
            if (i == gradients.size() - 1) {
                takeStep(progress, gradients.step(0).parameters(), callbacks);
            }
            endBatch(progress, callbacks);
        }
    }

    private void stepInShards(Progress progress, List<TrainerCallback> callbacks) {
        boolean isFull = samples - progress.samples() >= size;
        ShardedBatch batch = isFull ? fullInShards : restInShards;
        load(batch.whole(), progress.samples());
        batch.share();
        long number = gradients.optimizer().steps();
        if (!sharded.compute(batch, number, progress.isToldToStop())) {
            progress.agreeToStop();
            return;
        }
        progress.endBatch(
                sharded.measures(),
                batch.whole().inputs(),
                sharded.outputs(batch.size()),
                batch.whole().targets());
        takeStep(progress, sharded.parameters(), callbacks);
        endBatch(progress, callbacks);
    }

    private void takeStep(
            Progress progress, List<Param> parameters, List<TrainerCallback> callbacks) {
        for (TrainerCallback callback : callbacks) {
            callback.onStepBegin(progress);
        }
        if (!progress.isStepLeftOut()) {
            gradients.optimizer().step(parameters);
        }
    }

    private static void endBatch(Progress progress, List<TrainerCallback> callbacks) {
        for (TrainerCallback callback : callbacks) {
            callback.onBatchEnd(progress);
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
