package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.inference.InferenceSession;

/** Measures a network on the validation rows; lower is better. */
final class ValidationMeasure {

    private static final int BATCH = 256;

    private final FeatureRows rows;
    private final int[] labels;
    private final float[] numbers;
    private final Metric metric;
    private final float[] weights;
    private InferenceSession session;
    private Matrix outputs;

    /**
     * Measures with labels, or with scaled numbers; the other is null.
     *
     * @param weights of the classes in the loss; null for none
     */
    ValidationMeasure(
            FeatureRows rows, int[] labels, float[] numbers, Metric metric, float[] weights) {
        this.rows = rows;
        this.labels = labels;
        this.numbers = numbers;
        this.metric = metric;
        this.weights = weights;
    }

    /** Computes the outputs of all rows and returns the measure. */
    double of(Model model) {
        outputs(model);
        if (labels == null) {
            double squares = 0;
            for (int i = 0; i < numbers.length; i++) {
                double d = outputs.at(i, 0) - numbers[i];
                squares += d * d;
            }
            return Math.sqrt(squares / numbers.length);
        }
        double loss = Temperature.logLoss(outputs, labels, 1, weights);
        if (metric == Metric.LOSS) {
            return loss;
        }
        int wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            wrong += largest(outputs, i) == labels[i] ? 0 : 1;
        }
        // among equal accuracies the lower loss counts
        return (double) wrong / labels.length + 1e-6 * Math.min(loss, 100);
    }

    private static int largest(Matrix matrix, int i) {
        int best = 0;
        for (int j = 1; j < matrix.cols(); j++) {
            best = matrix.at(i, j) > matrix.at(i, best) ? j : best;
        }
        return best;
    }

    /** Returns the outputs of all rows. */
    Matrix outputs(Model model) {
        if (session == null) {
            session = InferenceSession.of(model, BATCH);
            outputs = Matrix.zeros(rows.size(), session.outputShape().features());
        }
        for (int from = 0; from < rows.size(); from += BATCH) {
            int to = Math.min(from + BATCH, rows.size());
            session.predict(rows.range(from, to), outputs.rowRange(from, to));
        }
        return outputs;
    }
}
