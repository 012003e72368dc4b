package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.internal.Padding;
import io.github.lanewise.nn.internal.RowCopy;
import io.github.lanewise.nn.metrics.Metric;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Goes over a dataset in order, forward only. */
final class Inference {

    private static final int BATCH = 256;

    /** Takes what the model makes of one batch. */
    @FunctionalInterface
    private interface Sink {
        void take(Batch batch, Step step, int from);
    }

    private final StepCache steps;

    Inference(StepCache steps) {
        this.steps = steps;
    }

    Evaluation evaluate(Dataset dataset, List<Metric> metrics) {
        Tally tally = new Tally(metrics);
        tally.clear();
        forEachBatch(
                dataset,
                (batch, step, from) -> {
                    float loss = step.evaluate(batch.inputs(), batch.targets());
                    tally.add(step.loss(), loss, step.outputs(), batch.targets());
                });
        return tally.evaluation();
    }

    Matrix predict(Dataset dataset, Shape output) {
        Matrix all = Matrix.zeros(dataset.size(), output.features());
        forEachBatch(
                dataset,
                (batch, step, from) -> {
                    Matrix outputs = step.predict(batch.inputs());
                    Matrix into = all.rowRange(from, from + batch.size());
                    RowCopy.copy(outputs, into);
                    Padding.clear(into, step.outputLengths());
                });
        return all;
    }

    private void forEachBatch(Dataset dataset, Sink sink) {
        steps.requireOrder(dataset);
        int size = dataset.size();
        int[] rows = new int[size];
        Arrays.setAll(rows, i -> i);
        Batch batch = null;
        for (int from = 0; from < size; from += batch.size()) {
            int count = Math.min(BATCH, size - from);
            if (batch == null || batch.size() != count) {
                batch = new Batch(dataset, count);
            }
            batch.load(rows, from);
            Step step = steps.inference(batch);
            step.lengths(batch.lengths(), 0);
            sink.take(batch, step, from);
        }
    }

    /** Returns rows of features as a matrix. */
    static Matrix rows(float[][] inputs) {
        if (Objects.requireNonNull(inputs, "inputs").length == 0) {
            throw new IllegalArgumentException("predict: no rows of inputs; give at least one");
        }
        return Matrix.copyOf(inputs);
    }

    /** Returns the rows of a matrix that is all of its array. */
    static float[][] arrays(Matrix rows) {
        float[][] arrays = new float[rows.rows()][];
        for (int i = 0; i < arrays.length; i++) {
            int from = i * rows.cols();
            arrays[i] = Arrays.copyOfRange(rows.data(), from, from + rows.cols());
        }
        return arrays;
    }
}
