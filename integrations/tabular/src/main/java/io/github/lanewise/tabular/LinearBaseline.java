package io.github.lanewise.tabular;

import java.util.List;

/**
 * The linear model that a network has to beat: multinomial logistic regression, or ridge regression
 * on the scaled target, with the penalty ||w||^2 / (2 n) for n rows; each level of an embedded
 * column has a weight of its own.
 */
final class LinearBaseline {

    /** More rows hardly change a linear model. */
    static final int MOST_ROWS = 100_000;

    private final FeatureRows rows;
    private final int dense;
    private final int[] starts;
    private final int outputs;
    private final int width;
    private double[] weights;

    LinearBaseline(Preprocessing preprocessing, FeatureRows rows, int outputs) {
        this.rows = rows;
        this.dense = preprocessing.counts().numbers() + preprocessing.counts().codes();
        List<CategoryEncoder> embedded = preprocessing.embedded();
        this.starts = new int[embedded.size()];
        int next = dense + 1;
        for (int e = 0; e < starts.length; e++) {
            starts[e] = next;
            next += embedded.get(e).ids();
        }
        this.width = next;
        this.outputs = outputs;
    }

    /** Fits class weights; the targets are labels. */
    void fit(int[] labels) {
        fit(
                labels.length,
                (i, scores) -> {
                    double most = Double.NEGATIVE_INFINITY;
                    for (double score : scores) {
                        most = Math.max(most, score);
                    }
                    double sum = 0;
                    double right = scores[labels[i]];
                    for (int j = 0; j < outputs; j++) {
                        scores[j] = StrictMath.exp(scores[j] - most);
                        sum += scores[j];
                    }
                    for (int j = 0; j < outputs; j++) {
                        scores[j] = scores[j] / sum - (labels[i] == j ? 1 : 0);
                    }
                    return StrictMath.log(sum) + most - right;
                });
    }

    /** Fits weights for numbers as the network is to learn them. */
    void fit(float[] numbers) {
        fit(
                numbers.length,
                (i, scores) -> {
                    double d = scores[0] - numbers[i];
                    scores[0] = d;
                    return d * d / 2;
                });
    }

    /** Takes scores, replaces them by their gradient, and returns the loss. */
    @FunctionalInterface
    private interface RowLoss {
        double of(int row, double[] scores);
    }

    private void fit(int all, RowLoss loss) {
        int n = Math.min(all, MOST_ROWS);
        double[] scores = new double[outputs];
        weights =
                Lbfgs.minimize(
                        new double[width * outputs],
                        (w, gradient) -> {
                            double sum = 0;
                            for (int i = 0; i < n; i++) {
                                float[] row = row(i);
                                scores(w, row, offset, scores);
                                sum += loss.of(i, scores);
                                addGradient(gradient, row, offset, scores);
                            }
                            for (int k = 0; k < w.length; k++) {
                                boolean bias = k / outputs == dense;
                                double penalty = bias ? 0 : w[k];
                                gradient[k] = (gradient[k] + penalty) / n;
                                sum += penalty * penalty / 2;
                            }
                            return sum / n;
                        });
    }

    private int offset;

    private float[] row(int i) {
        var range = rows.range(i, i + 1);
        offset = range.offset();
        return range.data();
    }

    private void scores(double[] w, float[] row, int offset, double[] scores) {
        for (int j = 0; j < outputs; j++) {
            scores[j] = w[dense * outputs + j];
        }
        for (int k = 0; k < dense; k++) {
            double x = row[offset + k];
            for (int j = 0; j < outputs; j++) {
                scores[j] += x * w[k * outputs + j];
            }
        }
        for (int e = 0; e < starts.length; e++) {
            int at = (starts[e] + (int) row[offset + dense + e]) * outputs;
            for (int j = 0; j < outputs; j++) {
                scores[j] += w[at + j];
            }
        }
    }

    private void addGradient(double[] gradient, float[] row, int offset, double[] scores) {
        for (int j = 0; j < outputs; j++) {
            gradient[dense * outputs + j] += scores[j];
        }
        for (int k = 0; k < dense; k++) {
            double x = row[offset + k];
            for (int j = 0; j < outputs; j++) {
                gradient[k * outputs + j] += x * scores[j];
            }
        }
        for (int e = 0; e < starts.length; e++) {
            int at = (starts[e] + (int) row[offset + dense + e]) * outputs;
            for (int j = 0; j < outputs; j++) {
                gradient[at + j] += scores[j];
            }
        }
    }

    /** Returns predictions for other rows. */
    Predictions predict(FeatureRows others, Target target) {
        int n = others.size();
        double[][] probabilities = target.task().isClassification() ? new double[n][] : null;
        double[] numbers = probabilities == null ? new double[n] : null;
        double[] scores = new double[outputs];
        float[] logits = new float[outputs];
        for (int i = 0; i < n; i++) {
            var range = others.range(i, i + 1);
            scores(weights, range.data(), range.offset(), scores);
            if (numbers != null) {
                numbers[i] = target.scale().number(scores[0]);
            } else {
                for (int j = 0; j < outputs; j++) {
                    logits[j] = (float) scores[j];
                }
                probabilities[i] = new double[outputs];
                Temperature.softmax(logits, 1, probabilities[i]);
            }
        }
        return new Predictions(probabilities, numbers);
    }
}
