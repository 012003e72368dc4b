package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.internal.Padding;
import io.github.lanewise.nn.metrics.Metric;

import java.util.Arrays;
import java.util.List;

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
                    copyRows(outputs, into);
                    Padding.clear(into, step.outputLengths());
                });
        return all;
    }

    private void forEachBatch(Dataset dataset, Sink sink) {
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

    private static void copyRows(Matrix from, Matrix to) {
        for (int i = 0; i < from.rows(); i++) {
            System.arraycopy(
                    from.data(),
                    from.offset() + i * from.ld(),
                    to.data(),
                    to.offset() + i * to.ld(),
                    from.cols());
        }
    }
}
