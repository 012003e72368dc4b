package io.github.lanewise.nn.metrics;

/**
 * The receiver operating characteristic: for each threshold, falling from infinity through all
 * scores, the shares of the negative and of the positive samples whose score is at least that. As
 * scikit-learn's {@code roc_curve} with {@code drop_intermediate=False}; NaN where there are no
 * samples of a kind.
 *
 * @param falsePositiveRates one for each threshold, rising from 0 to 1
 * @param truePositiveRates one for each threshold, rising from 0 to 1
 * @param thresholds falling
 */
public record RocCurve(
        double[] falsePositiveRates, double[] truePositiveRates, double[] thresholds) {

    static RocCurve of(Thresholds steps) {
        int points = steps.size() + 1;
        RocCurve curve = new RocCurve(new double[points], new double[points], new double[points]);
        for (int i = 0; i < points; i++) {
            double negatives = i == 0 ? 0 : steps.negatives(i - 1);
            double positives = i == 0 ? 0 : steps.positives(i - 1);
            curve.falsePositiveRates[i] = negatives / steps.negatives();
            curve.truePositiveRates[i] = positives / steps.positives();
            curve.thresholds[i] = i == 0 ? Double.POSITIVE_INFINITY : steps.score(i - 1);
        }
        return curve;
    }
}
