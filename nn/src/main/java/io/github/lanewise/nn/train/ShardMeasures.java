package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.PartialLossPass;

/**
 * What all workers must know of each shard's loss, and how it travels among gradients, of which a
 * collective knows but sums of floats: each shard has a place of its own, where all others write 0,
 * and a double goes as four whole numbers of 16 bits, so that these sums are exact.
 */
final class ShardMeasures {

    private static final int TERM = 0;
    private static final int SUM = 1;
    private static final int WEIGHT = 2;
    private static final int JUDGED = 3;
    private static final int RIGHT = 4;
    private static final int NUMBERS = 5;

    private static final int PARTS = 4;
    private static final int MASK = 0xffff;

    private final int shards;
    private final int at;
    private final double[] totals = new double[NUMBERS];
    private boolean accurate;

    /**
     * @param shards all of them
     * @param at where their places begin
     */
    ShardMeasures(int shards, int at) {
        this.shards = shards;
        this.at = at;
    }

    /** Returns how many floats they take. */
    int size() {
        return shards * NUMBERS * PARTS;
    }

    /**
     * Writes those of a shard that has just been computed.
     *
     * @param loss what its forward call returned
     * @param rows of the whole batch
     */
    void put(ShardedBatch.Shard shard, float loss, int rows, float[] into) {
        LossPass pass = shard.step().loss();
        Targets targets = shard.targets();
        Matrix outputs = shard.step().outputs();
        if (pass instanceof PartialLossPass partial) {
            write(shard, TERM, loss, into);
            write(shard, SUM, partial.weight() == 0 ? 0 : partial.sum(), into);
            write(shard, WEIGHT, partial.weight(), into);
        } else {
            write(shard, TERM, (double) loss * shard.rows() / rows, into);
            write(shard, SUM, (double) loss * shard.rows(), into);
            write(shard, WEIGHT, shard.rows(), into);
        }
        double judged = pass.judged(targets);
        write(shard, JUDGED, judged, into);
        write(
                shard,
                RIGHT,
                judged == LossPass.NO_ACCURACY ? 0 : pass.correct(outputs, targets),
                into);
    }

    private void write(ShardedBatch.Shard shard, int number, double value, float[] into) {
        long bits = Double.doubleToRawLongBits(value);
        int place = place(shard.number(), number);
        for (int i = 0; i < PARTS; i++) {
            into[place + i] = bits >>> i * Short.SIZE & MASK;
        }
    }

    private int place(int shard, int number) {
        return at + (shard * NUMBERS + number) * PARTS;
    }

    private double get(int shard, int number, float[] from) {
        int place = place(shard, number);
        long bits = 0;
        for (int i = 0; i < PARTS; i++) {
            bits |= (long) from[place + i] << i * Short.SIZE;
        }
        return Double.longBitsToDouble(bits);
    }

    /**
     * Adds those of all shards, in order.
     *
     * @param filled shards that have rows
     */
    void addUp(int filled, float[] from) {
        accurate = get(0, JUDGED, from) != LossPass.NO_ACCURACY;
        for (int number = 0; number < NUMBERS; number++) {
            double total = 0;
            for (int shard = 0; shard < filled; shard++) {
                total += get(shard, number, from);
            }
            totals[number] = total;
        }
    }

    /** Returns the loss of the whole batch. */
    float loss() {
        return (float) totals[TERM];
    }

    /** Returns the sum of the losses, not divided by anything. */
    double sum() {
        return totals[SUM];
    }

    /** Returns what their mean divides it by. */
    double weight() {
        return totals[WEIGHT];
    }

    /** Returns whether the loss knows right and wrong. */
    boolean isAccurate() {
        return accurate;
    }

    double judged() {
        return accurate ? totals[JUDGED] : 0;
    }

    double correct() {
        return accurate ? totals[RIGHT] : 0;
    }
}
