package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples that are sequences of unequal length, made by {@link Dataset#ofSequences}. They are
 * padded with zeros where a batch is gathered, and their {@link Lengths} go with them.
 *
 * <p>Targets are one for each sample, or one for each step ({@link Targets#steps}, or labels in as
 * many columns as the longest sequence has steps); then only steps that are there count.
 *
 * <p><b>Buckets.</b> Padded to the longest of all, short sequences are mostly padding. {@link
 * #bucketed} sorts them by length into a few buckets; a batch is of one bucket and padded to its
 * longest, so that a model is bound once for each bucket. Which samples make a batch, and in which
 * order batches come, follows from the seed. How far a sample is padded changes no result.
 */
public final class SequenceDataset implements Dataset {

    private final Sequences sequences;
    private final int steps;
    private final int[] bounds;
    private final Targets targets;
    private final boolean isWhole;

    private SequenceDataset(
            Sequences sequences, int steps, int[] bounds, Targets targets, boolean isWhole) {
        this.sequences = sequences;
        this.steps = steps;
        this.bounds = bounds;
        this.targets = targets;
        this.isWhole = isWhole;
    }

    SequenceDataset(Sequences sequences, Targets targets) {
        this(
                sequences,
                sequences.longest(),
                new int[] {sequences.longest()},
                PaddedTargets.of(targets, sequences.lengths(), sequences.longest()),
                true);
    }

    /**
     * Returns this dataset with samples padded to so many steps, for a model that takes no other
     * number.
     *
     * @throws IllegalArgumentException if a sample is longer
     */
    public SequenceDataset padTo(int number) {
        if (number < sequences.longest()) {
            throw new IllegalArgumentException(
                    "padTo: %s steps, the longest sample has %s; cut it, or pad to more"
                            .formatted(number, sequences.longest()));
        }
        Targets padded = PaddedTargets.of(targets, sequences.lengths(), number);
        return new SequenceDataset(sequences, number, bounds, padded, true);
    }

    /**
     * Returns this dataset in so many buckets of about as many samples each; fewer, if there are
     * not as many different lengths. What is evaluated or predicted is padded to the longest.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public SequenceDataset bucketed(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "bucketed: %s buckets; there must be 1 or more".formatted(number));
        }
        int[] sorted = sequences.lengths().clone();
        Arrays.sort(sorted);
        int[] all = new int[number];
        Arrays.setAll(
                all, b -> sorted[(int) Math.ceilDiv((long) sorted.length * (b + 1), number) - 1]);
        int[] distinct = Arrays.stream(all).distinct().toArray();
        return new SequenceDataset(sequences, steps, distinct, targets, isWhole);
    }

    /** Returns the number of steps of a sample. */
    public int length(int sample) {
        return sequences.lengths()[sample];
    }

    @Override
    public int size() {
        return sequences.size();
    }

    @Override
    public Shape shape() {
        return sequences.shape(steps);
    }

    @Override
    public Targets targets() {
        return isWhole ? targets : null;
    }

    @Override
    public Targets targetBuffer(int batch) {
        return PaddedTargets.buffer(targets, batch, steps);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        sequences.gather(rows, inputs);
        PaddedTargets.gather(targets, rows, into);
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return new Lengths(batch, steps);
    }

    @Override
    public void gatherLengths(int[] rows, Lengths into) {
        for (int i = 0; i < into.batch(); i++) {
            into.set(i, sequences.lengths()[rows[i]]);
        }
    }

    @Override
    public List<Dataset> buckets() {
        List<Dataset> buckets = new ArrayList<>();
        for (int bound : bounds) {
            int padded = bounds.length == 1 ? steps : bound;
            buckets.add(new SequenceDataset(sequences, padded, bounds, targets, false));
        }
        return buckets;
    }

    @Override
    public int bucket(int sample) {
        int bucket = 0;
        while (bounds[bucket] < length(sample)) {
            bucket++;
        }
        return bucket;
    }

    /** Returns samples, longest and buckets as text. */
    @Override
    public String toString() {
        return "SequenceDataset(%s samples, up to %s steps, %s buckets)"
                .formatted(size(), sequences.longest(), bounds.length);
    }
}
