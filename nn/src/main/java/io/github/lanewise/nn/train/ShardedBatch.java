package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.Collective;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch cut into runs of rows in order, as equal as can be: if S shards do not divide the rows,
 * the first {@code rows mod S} are one row longer, and of a batch of fewer rows than shards the
 * last shards are empty.
 */
final class ShardedBatch {

    private final Batch whole;
    private final List<Shard> own = new ArrayList<>();
    private final int filled;
    private final int outputWidth;

    /**
     * One of this worker's shards.
     *
     * @param number among all shards
     * @param first row in the whole batch
     * @param rows how many; if there are none, the rest is null
     * @param inputs of the shard, in the whole batch's buffer
     * @param targets of the shard
     * @param step that computes so many rows
     */
    record Shard(int number, int first, int rows, Matrix inputs, Targets targets, Step step) {
        boolean isEmpty() {
            return rows == 0;
        }
    }

    ShardedBatch(Batch whole, StepCache steps, Shape input, Collective workers) {
        this.whole = whole;
        this.outputWidth = steps.outputWidth(input);
        this.filled = Math.min(workers.shards(), whole.size());
        for (int i = 0; i < workers.ownShards(); i++) {
            own.add(shard(workers.firstShard() + i, workers.shards(), steps, input));
        }
    }

    /** Returns the first row of a shard; that of shard S is the number of rows. */
    static int firstRow(int rows, int shards, int number) {
        return number * (rows / shards) + Math.min(number, rows % shards);
    }

    private Shard shard(int number, int shards, StepCache steps, Shape input) {
        int first = firstRow(whole.size(), shards, number);
        int rows = firstRow(whole.size(), shards, number + 1) - first;
        if (rows == 0) {
            return new Shard(number, first, 0, null, null, null);
        }
        return new Shard(
                number,
                first,
                rows,
                whole.inputs().rowRange(first, first + rows),
                ShardTargets.of(whole.targets(), first, rows),
                bind(rows, shards, steps, input));
    }

    private Step bind(int rows, int shards, StepCache steps, Shape input) {
        try {
            return steps.training(input, rows, whole.lengths());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "shards: a batch of %s cut into %s has shards of %s: %s"
                            .formatted(whole.size(), shards, rows, e.getMessage()),
                    e);
        }
    }

    /** Hands the samples of the whole to the shards. */
    void share() {
        for (int i = 0; i < own.size(); i++) {
            Shard shard = own.get(i);
            if (!shard.isEmpty()) {
                ShardTargets.load(whole.targets(), shard.first(), shard.targets());
            }
        }
    }

    /** Returns the features of the outputs. */
    int outputWidth() {
        return outputWidth;
    }

    Batch whole() {
        return whole;
    }

    int size() {
        return whole.size();
    }

    /** Returns this worker's shards, in order. */
    List<Shard> own() {
        return own;
    }

    /** Returns how many shards of all have rows: the first ones. */
    int filled() {
        return filled;
    }
}
