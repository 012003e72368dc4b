package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

/** The buffers into which samples of one dataset are gathered, for one batch size. */
public final class Batch {

    private final Dataset dataset;
    private final int[] rows;
    private final Matrix inputs;
    private final Targets targets;
    private final Lengths lengths;

    /** Makes buffers for so many samples. */
    public Batch(Dataset dataset, int size) {
        this.dataset = dataset;
        this.rows = new int[size];
        this.inputs = Matrix.zeros(size, dataset.shape().features());
        this.targets = dataset.targetBuffer(size);
        this.lengths = dataset.lengthBuffer(size);
    }

    /** Gathers the samples whose numbers stand in {@code order} at {@code from} and after. */
    public void load(int[] order, int from) {
        load(order, from, Dataset.NO_EPOCH);
    }

    /**
     * Does the same in an epoch of training: see {@link Dataset#gather(int[], long, Matrix,
     * Targets)}.
     */
    public void load(int[] order, int from, long epoch) {
        System.arraycopy(order, from, rows, 0, rows.length);
        dataset.gather(rows, epoch, inputs, targets);
        if (lengths != null) {
            dataset.gatherLengths(rows, lengths);
        }
    }

    /**
     * Copies what another batch of the same size and dataset holds.
     *
     * @throws IllegalArgumentException if it is of another size
     */
    public void copy(Batch other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException(
                    "Batch: copy of %s samples into %s; they must be as many"
                            .formatted(other.size(), size()));
        }
        System.arraycopy(other.inputs.data(), 0, inputs.data(), 0, inputs.size());
        if (lengths != null) {
            lengths.copy(other.lengths, 0);
        }
        for (int i = 0; i < rows.length; i++) {
            TargetRows.copy(other.targets, i, targets, i);
        }
    }

    /** Returns how many samples a batch has. */
    public int size() {
        return rows.length;
    }

    /** Returns the shape of a sample. */
    public Shape shape() {
        return dataset.shape();
    }

    /** Returns the lengths of the samples that were loaded last; null if all steps count. */
    public Lengths lengths() {
        return lengths;
    }

    /** Returns the samples that were loaded last, a row each. */
    public Matrix inputs() {
        return inputs;
    }

    /** Returns the targets that were loaded last. */
    public Targets targets() {
        return targets;
    }
}
