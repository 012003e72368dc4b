package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.distributed.Collective;

import java.util.ArrayList;
import java.util.List;

/** The buffers of the batches of one bucket: of full ones, and of one that is not full. */
final class BucketBatches {

    private final Dataset dataset;
    private final StepCache steps;
    private final int size;
    private final List<Batch> full = new ArrayList<>();
    private Batch rest;
    private ShardedBatch fullInShards;
    private ShardedBatch restInShards;

    /**
     * @param dataset as the bucket sees it
     * @param size samples of a full batch
     * @param rest samples of one that is not full; 0 if there is none
     * @param workers among whom batches are cut into shards; null if they are not
     */
    BucketBatches(Dataset dataset, StepCache steps, int size, int rest, Collective workers) {
        this.dataset = dataset;
        this.steps = steps;
        this.size = size;
        if (workers == null) {
            this.rest = rest == 0 ? null : new Batch(dataset, rest);
            steps.training(get(0, size));
            if (rest > 0) {
                steps.training(this.rest);
            }
        } else {
            fullInShards = inShards(size, workers);
            restInShards = rest == 0 ? null : inShards(rest, workers);
        }
    }

    private ShardedBatch inShards(int rows, Collective workers) {
        return new ShardedBatch(new Batch(dataset, rows), steps, dataset.shape(), workers);
    }

    /**
     * Returns the buffers of a batch.
     *
     * @param i its number in a step of several
     */
    Batch get(int i, int count) {
        if (count < size) {
            return rest;
        }
        while (full.size() <= i) {
            full.add(new Batch(dataset, size));
        }
        return full.get(i);
    }

    /** Returns the buffers of a batch in shards. */
    ShardedBatch inShards(int count) {
        return count < size ? restInShards : fullInShards;
    }
}
