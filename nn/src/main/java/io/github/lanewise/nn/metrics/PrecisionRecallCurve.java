package io.github.lanewise.nn.metrics;

/**
 * Precision and recall for each threshold, rising through all scores, of what has at least that
 * score; at the end, without a threshold, precision 1 and recall 0. As scikit-learn's {@code
 * precision_recall_curve}; if no sample is positive recall is 1.
 *
 * @param precision one for each threshold, and 1
 * @param recall one for each threshold, falling, and 0
 * @param thresholds rising
 */
public record PrecisionRecallCurve(double[] precision, double[] recall, double[] thresholds) {

    static PrecisionRecallCurve of(Thresholds steps) {
        int size = steps.size();
        PrecisionRecallCurve curve =
                new PrecisionRecallCurve(
                        new double[size + 1], new double[size + 1], new double[size]);
        for (int i = 0; i < size; i++) {
            int at = size - 1 - i;
            double hits = steps.positives(i);
            curve.thresholds[at] = steps.score(i);
            curve.precision[at] = Rate.ratio(hits, hits + steps.negatives(i));
            curve.recall[at] = steps.positives() == 0 ? 1 : hits / steps.positives();
        }
        curve.precision[size] = 1;
        return curve;
    }
}
