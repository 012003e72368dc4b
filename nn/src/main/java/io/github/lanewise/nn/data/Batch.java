package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;

/** The buffers into which samples of one dataset are gathered, for one batch size. */
public final class Batch {

    private final Dataset dataset;
    private final int[] rows;
    private final Matrix inputs;
    private final Targets targets;

    /** Makes buffers for so many samples. */
    public Batch(Dataset dataset, int size) {
        this.dataset = dataset;
        this.rows = new int[size];
        this.inputs = Matrix.zeros(size, dataset.shape().features());
        this.targets = dataset.targetBuffer(size);
    }

    /** Gathers the samples whose numbers stand in {@code order} at {@code from} and after. */
    public void load(int[] order, int from) {
        System.arraycopy(order, from, rows, 0, rows.length);
        dataset.gather(rows, inputs, targets);
    }

    /** Returns how many samples a batch has. */
    public int size() {
        return rows.length;
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
