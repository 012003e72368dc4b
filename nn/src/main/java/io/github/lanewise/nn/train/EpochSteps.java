package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.List;

/** The steps of an epoch: loads the batches of each, computes them, and lets the optimizer act. */
final class EpochSteps implements AutoCloseable {

    private final EpochPlan plan;
    private final BucketBatches[] buckets;
    private final StepCache steps;
    private final List<Param> parameters;
    private final Accumulation gradients;
    private final int accumulated;
    private final ShardedStep sharded;
    private final Prefetch prefetch;
    private long epoch;

    /**
     * @param workers among whom batches are cut into shards; null if they are not
     */
    EpochSteps(
            Dataset dataset,
            int batchSize,
            RunSettings settings,
            StepCache steps,
            Accumulation gradients,
            Collective workers) {
        this.plan = new EpochPlan(dataset, batchSize, settings.dropLast, settings.sampler);
        this.steps = steps;
        this.parameters = List.copyOf(steps.model().parameters().values());
        this.gradients = gradients;
        this.accumulated = settings.accumulated;
        gradients.optimizer().requireGroupsOf(parameters);
        steps.check(dataset);
        List<Dataset> views = new ArrayList<>(plan.views());
        views.replaceAll(view -> steps.takes(view.shape()) ? view : dataset);
        steps.makeRoom(views.size());
        buckets = new BucketBatches[views.size()];
        int largest = 0;
        for (int b = 0; b < buckets.length; b++) {
            buckets[b] =
                    new BucketBatches(views.get(b), steps, plan.size(b), plan.rest(b), workers);
            largest = Math.max(largest, plan.size(b));
        }
        this.prefetch =
                settings.prefetch == 0 ? null : new Prefetch(plan, views, settings.prefetch);
        if (workers == null) {
            this.sharded = null;
        } else {
            int width = steps.outputWidth(dataset.shape());
            if (gradients.optimizer().needsClosure()) {
                throw new IllegalArgumentException(
                        "fit: %s looks at several points in a step; it does not go with shards"
                                .formatted(gradients.optimizer()));
            }
            boolean measured = !settings.trainingMetrics.isEmpty();
            this.sharded = new ShardedStep(steps.model(), workers, largest, measured ? width : 0);
        }
    }

    int batches() {
        return plan.batches();
    }

    int samples() {
        return plan.samples();
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
            prefetch.close();
        }
        plan.order(shuffling, shuffle);
    }

    private void load(Batch batch, int at) {
        if (prefetch == null) {
            batch.load(plan.order(), at, epoch);
        } else {
            prefetch.load(batch, plan.batchAt(at), epoch);
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
        FrozenCheck.require(steps.model(), parameters);
        if (sharded != null) {
            stepInShards(progress, callbacks);
            return;
        }
        int at = progress.samples();
        gradients.clear();
        for (int i = 0; i < accumulated && at < plan.samples(); i++) {
            int number = plan.batchAt(at);
            Batch batch = buckets[plan.bucket(number)].get(i, plan.count(number));
            load(batch, at);
            gradients.add(batch, steps.training(batch));
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
        int at = progress.samples();
        int number = plan.batchAt(at);
        ShardedBatch batch = buckets[plan.bucket(number)].inShards(plan.count(number));
        load(batch.whole(), at);
        batch.share();
        long step = gradients.optimizer().steps();
        if (!sharded.compute(batch, step, progress.isToldToStop())) {
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
        if (progress.isStepLeftOut()) {
            return;
        }
        if (sharded == null) {
            gradients.step(parameters);
        } else {
            gradients.optimizer().step(parameters);
        }
    }

    private static void endBatch(Progress progress, List<TrainerCallback> callbacks) {
        for (TrainerCallback callback : callbacks) {
            callback.onBatchEnd(progress);
        }
    }
}
