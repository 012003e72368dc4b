package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.loss.PartialLossPass;

import java.util.Arrays;
import java.util.List;

/**
 * Computes a batch in shards, and leaves in the parameters what the step of the whole needs: each
 * shard's gradients alone, with the loss divided by what counts in the whole batch, then their sum
 * in the order of {@link io.github.lanewise.nn.distributed.ShardTree}. With a collective of several
 * workers each computes its own shards; the sum, and all else, is the same on each of them, and the
 * same as that of one worker.
 *
 * <p>All that a shard contributes lies in one array of floats: the moves of the {@link
 * ShardStates}, a 1 for each parameter that has a gradient, the {@link ShardMeasures}, a 1 if the
 * worker was told to stop, if somebody measures them the outputs, each shard's in its rows and 0
 * elsewhere, and then the gradients, in the order of the parameters. It leaves from its end, in
 * {@link Buckets}, while backward still computes the gradients of earlier layers.
 */
final class ShardedStep {

    private final Collective workers;
    private final List<Param> parameters;
    private final int[] places;
    private final ShardStates states;
    private final int flags;
    private final ShardMeasures measures;
    private final int stop;
    private final int outputs;
    private final boolean measured;
    private int width;
    private final float[][] arrays;
    private final Buckets buckets;
    private double[] counts = {};

    /**
     * @param rows of the largest batch
     * @param width features of the outputs if all of them are wanted, else 0
     */
    ShardedStep(Layer model, Collective workers, int rows, int width) {
        this.workers = workers;
        this.parameters = List.copyOf(model.parameters().values());
        this.measured = width > 0;
        this.width = width;
        this.places = new int[parameters.size() + 1];
        this.states = new ShardStates(model, 0);
        this.flags = states.size();
        this.measures = new ShardMeasures(workers.shards(), flags + parameters.size());
        this.stop = flags + parameters.size() + measures.size();
        this.outputs = stop + 1;
        places[0] = Math.addExact(outputs, Math.multiplyExact(rows, width));
        for (int i = 0; i < parameters.size(); i++) {
            places[i + 1] = Math.addExact(places[i], parameters.get(i).size());
        }
        this.arrays = new float[workers.ownShards()][places[parameters.size()]];
        this.buckets = new Buckets(workers, parameters, places, flags, arrays);
    }

    List<Param> parameters() {
        return parameters;
    }

    ShardMeasures measures() {
        return measures;
    }

    /** Returns the outputs of a batch's rows; null if they were not wanted. */
    Matrix outputs(int rows) {
        return width == 0 ? null : new Matrix(arrays[0], outputs, rows, width, width);
    }

    /**
     * Computes a batch, unless a worker was told to stop after the one before. If it was, or if
     * this fails, running statistics and random streams are where they were.
     *
     * @param number of the step, from 0
     * @param stops whether this worker was told to stop
     * @return whether the batch counts: no worker stops
     */
    boolean compute(ShardedBatch batch, long number, boolean stops) {
        workers.step(number);
        width = measured ? batch.outputWidth() : 0;
        states.begin();
        try {
            for (int i = 0; i < arrays.length; i++) {
                Arrays.fill(arrays[i], 0, places[0], 0);
                arrays[i][stop] = stops ? 1 : 0;
                computeShard(batch, batch.own().get(i), i);
            }
            workers.await();
        } finally {
            states.restart();
        }
        clear();
        boolean counts = arrays[0][stop] == 0;
        if (counts) {
            take(batch);
        }
        return counts;
    }

    private void computeShard(ShardedBatch batch, ShardedBatch.Shard shard, int number) {
        clear();
        buckets.begin(number);
        if (!shard.isEmpty()) {
            states.restart();
            Step step = shard.step();
            step.firstSample(shard.first());
            step.lengths(batch.whole().lengths(), shard.first());
            step.onGradient(buckets);
            float loss = train(step, batch, shard);
            step.onGradient(null);
            measures.put(shard, loss, batch.size(), arrays[number]);
            states.put(shard.number(), arrays[number]);
            copyOutputs(shard, arrays[number]);
        }
        buckets.end();
    }

    private float train(Step step, ShardedBatch batch, ShardedBatch.Shard shard) {
        if (step.loss() instanceof PartialLossPass partial) {
            count(batch, partial);
            return step.train(shard.inputs(), shard.targets(), counts);
        }
        buckets.factor((float) shard.rows() / batch.size());
        return step.train(shard.inputs(), shard.targets());
    }

    private void count(ShardedBatch batch, PartialLossPass loss) {
        if (counts.length != loss.counters()) {
            counts = new double[loss.counters()];
        }
        Arrays.fill(counts, 0);
        loss.count(batch.whole().targets(), counts, 0);
    }

    private void copyOutputs(ShardedBatch.Shard shard, float[] into) {
        Matrix from = shard.step().outputs();
        for (int i = 0; width > 0 && i < shard.rows(); i++) {
            int place = outputs + (shard.first() + i) * width;
            System.arraycopy(from.data(), from.offset() + i * from.ld(), into, place, width);
        }
    }

    private void clear() {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).clearGradient();
        }
    }

    /** Takes what the sums say. */
    private void take(ShardedBatch batch) {
        float[] sums = arrays[0];
        for (int i = 0; i < parameters.size(); i++) {
            if (sums[flags + i] > 0) {
                parameters.get(i).accumulator().nextBeta();
                Matrix gradient = parameters.get(i).gradient();
                System.arraycopy(
                        sums, places[i], gradient.data(), gradient.offset(), gradient.size());
            }
        }
        states.apply(batch.filled(), sums);
        measures.addUp(batch.filled(), sums);
    }
}
