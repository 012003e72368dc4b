package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.init.RandomStream;

import java.util.Arrays;
import java.util.List;

/**
 * Which samples make which batches of an epoch, in which order.
 *
 * <p>Samples are shuffled all together. Where a dataset has several buckets, those of a bucket are
 * then taken in this order to make its batches, and the batches are shuffled; without shuffling,
 * batches come bucket by bucket.
 */
final class EpochPlan {

    private final Dataset dataset;
    private final Sampler sampler;
    private final List<Dataset> views;
    private final int[] bucketOf;
    private final int[] sizes;
    private final int[] kept;
    private final int[] order;
    private final int[] sorted;
    private final int[] starts;
    private final int[] places;
    private final int[] buckets;
    private final int[] shuffled;
    private final int samples;

    /**
     * @param sampler which samples an epoch has, all in one bucket, as they differ from epoch to
     *     epoch; null for each sample once
     */
    EpochPlan(Dataset dataset, int batchSize, boolean dropLast, Sampler sampler) {
        this.dataset = dataset;
        this.sampler = sampler;
        if (sampler != null) {
            Dataset.requireRandomAccess("sampler", dataset);
        }
        int all = sampler == null ? dataset.size() : sampler.samples(dataset.size());
        boolean together = sampler != null || dataset.isSequential();
        views = together ? List.of(dataset) : dataset.buckets();
        int count = views.size();
        int[] held = new int[count];
        bucketOf = count == 1 ? null : new int[dataset.size()];
        for (int i = 0; bucketOf != null && i < bucketOf.length; i++) {
            bucketOf[i] = dataset.bucket(i);
            held[bucketOf[i]]++;
        }
        if (count == 1) {
            held[0] = all;
        }
        sizes = new int[count];
        kept = new int[count];
        int batches = 0;
        int left = 0;
        for (int b = 0; b < count; b++) {
            sizes[b] = Math.max(1, Math.min(batchSize, held[b]));
            kept[b] = dropLast ? held[b] / sizes[b] * sizes[b] : held[b];
            batches += Math.ceilDiv(kept[b], sizes[b]);
            left += kept[b];
        }
        samples = left;
        order = new int[all];
        sorted = new int[count == 1 ? 0 : order.length];
        starts = new int[batches + 1];
        places = new int[batches + 1];
        buckets = new int[batches];
        shuffled = new int[batches];
        cut();
    }

    /** Cuts the samples of each bucket into batches, one bucket after another. */
    private void cut() {
        int batch = 0;
        int at = 0;
        for (int b = 0; b < sizes.length; b++) {
            for (int left = kept[b]; left > 0; left -= sizes[b]) {
                buckets[batch] = b;
                places[batch] = at;
                at += Math.min(left, sizes[b]);
                batch++;
            }
        }
        places[batch] = at;
        System.arraycopy(places, 0, starts, 0, places.length);
        Arrays.setAll(shuffled, i -> i);
    }

    /** Returns how many batches an epoch has. */
    int batches() {
        return buckets.length;
    }

    /** Returns how many samples an epoch has. */
    int samples() {
        return samples;
    }

    /** Returns how many samples a full batch of a bucket has. */
    int size(int bucket) {
        return sizes[bucket];
    }

    /** Returns how many samples the last batch of a bucket has if it is not full, else 0. */
    int rest(int bucket) {
        return kept[bucket] % sizes[bucket];
    }

    /** Returns the dataset as each bucket sees it. */
    List<Dataset> views() {
        return views;
    }

    /**
     * Sets the order of an epoch's samples.
     *
     * @param shuffle whether it is random, where no sampler says it and the dataset allows it
     */
    void order(RandomStream shuffling, boolean shuffle) {
        boolean random = shuffle && !dataset.isSequential();
        if (sampler != null) {
            sampler.draw(shuffling, dataset.size(), order);
        } else if (random) {
            shuffling.permutation(order);
        } else {
            Arrays.setAll(order, i -> i);
        }
        if (bucketOf != null) {
            sortByBucket();
            arrange(random ? shuffling : null);
        }
    }

    /** Brings the samples of each bucket together, in their order; those left out come last. */
    private void sortByBucket() {
        int at = 0;
        int out = samples;
        for (int b = 0; b < sizes.length; b++) {
            int left = kept[b];
            for (int sample : order) {
                if (bucketOf[sample] == b) {
                    sorted[left-- > 0 ? at++ : out++] = sample;
                }
            }
        }
    }

    /** Puts batches one behind the other. */
    private void arrange(RandomStream shuffling) {
        if (shuffling == null) {
            Arrays.setAll(shuffled, i -> i);
        } else {
            shuffling.permutation(shuffled);
        }
        int at = 0;
        for (int i = 0; i < shuffled.length; i++) {
            int batch = shuffled[i];
            int count = places[batch + 1] - places[batch];
            System.arraycopy(sorted, places[batch], order, at, count);
            starts[i] = at;
            at += count;
        }
        System.arraycopy(sorted, samples, order, samples, order.length - samples);
    }

    /** Returns the numbers of the samples, batch after batch. */
    int[] order() {
        return order;
    }

    /** Returns the number of the batch that begins behind so many samples. */
    int batchAt(int sample) {
        int batch = Arrays.binarySearch(starts, sample);
        if (batch < 0) {
            throw new IllegalStateException("no batch begins at sample " + sample);
        }
        return batch;
    }

    /** Returns how many samples come before a batch. */
    int start(int batch) {
        return starts[batch];
    }

    /** Returns the bucket of a batch. */
    int bucket(int batch) {
        return buckets[shuffled[batch]];
    }

    /** Returns how many samples a batch has. */
    int count(int batch) {
        return starts[batch + 1] - starts[batch];
    }
}
