package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.metrics.ArgMax;

/** The buffers into which samples of one dataset are gathered, for one batch size. */
public final class Batch {

    private final Dataset dataset;
    private final int[] rows;
    private final Matrix inputs;
    private final Targets targets;

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

    public int size() {
        return rows.length;
    }

    public Matrix inputs() {
        return inputs;
    }

    public Targets targets() {
        return targets;
    }

    /** Counts the outputs whose class is the label; -1 where targets are not labels. */
    public int countRight(Matrix outputs) {
        return targets instanceof Targets.Labels labels
                ? ArgMax.countRight(outputs, labels.classes())
                : -1;
    }
}
