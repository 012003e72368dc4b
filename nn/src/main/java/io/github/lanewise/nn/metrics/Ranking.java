package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

/**
 * How well scores put positive samples before negative ones, whatever the threshold. Samples of
 * equal score come in together.
 */
public final class Ranking {

    private Ranking() {}

    /** What is added up from one group of equal scores to the next, highest first. */
    @FunctionalInterface
    private interface Area {
        double between(
                double positivesBefore, double positives, double negativesBefore, double negatives);
    }

    /**
     * Returns the area under the receiver operating characteristic: the share of pairs of a
     * positive and a negative sample in which the positive one has the higher score, ties counting
     * half.
     *
     * @param positive whether each sample is positive
     * @param scores higher for those that are rather positive; no NaN
     * @return NaN if all samples are of one kind
     * @throws IllegalArgumentException if the numbers differ, or there are none, or a score is NaN
     */
    public static double rocAuc(boolean[] positive, float[] scores) {
        return rocAuc(positive, scores, null);
    }

    /**
     * Returns {@link #rocAuc(boolean[], float[])} of weighted samples: a pair weighs the product.
     *
     * @param weights one for each sample, 0 or more; null for 1
     */
    public static double rocAuc(boolean[] positive, float[] scores, float[] weights) {
        Thresholds steps = new Thresholds("rocAuc", positive, scores, weights);
        double pairs = steps.positives() * steps.negatives();
        double area =
                overThresholds(
                        steps,
                        (tpBefore, tp, fpBefore, fp) -> (fp - fpBefore) * (tpBefore + tp) / 2);
        return pairs == 0 ? Double.NaN : area / pairs;
    }

    /**
     * Returns the average precision, the area under the curve of precision over recall in steps:
     * the sum of (recall - last recall) precision over all thresholds, falling.
     *
     * @param positive whether each sample is positive
     * @param scores higher for those that are rather positive; no NaN
     * @return 0 if no sample is positive
     * @throws IllegalArgumentException if the numbers differ, or there are none, or a score is NaN
     */
    public static double averagePrecision(boolean[] positive, float[] scores) {
        return averagePrecision(positive, scores, null);
    }

    /**
     * Returns {@link #averagePrecision(boolean[], float[])} of weighted samples.
     *
     * @param weights one for each sample, 0 or more; null for 1
     */
    public static double averagePrecision(boolean[] positive, float[] scores, float[] weights) {
        Thresholds steps = new Thresholds("averagePrecision", positive, scores, weights);
        double sum =
                overThresholds(
                        steps, (tpBefore, tp, fpBefore, fp) -> (tp - tpBefore) * tp / (tp + fp));
        return Rate.ratio(sum, steps.positives());
    }

    /**
     * Returns the receiver operating characteristic.
     *
     * @param weights one for each sample, 0 or more; null for 1
     */
    public static RocCurve rocCurve(boolean[] positive, float[] scores, float[] weights) {
        return RocCurve.of(new Thresholds("rocCurve", positive, scores, weights));
    }

    /**
     * Returns the curve of precision and recall.
     *
     * @param weights one for each sample, 0 or more; null for 1
     */
    public static PrecisionRecallCurve precisionRecallCurve(
            boolean[] positive, float[] scores, float[] weights) {
        return PrecisionRecallCurve.of(
                new Thresholds("precisionRecallCurve", positive, scores, weights));
    }

    /**
     * Returns the mean over all classes of {@link #rocAuc} of that class against the rest.
     *
     * @param labels a class for each row
     * @param scores a row for each sample, a column for each class
     * @return NaN if a class does not occur
     * @throws IllegalArgumentException if the numbers differ, or there are none, or a score is NaN
     */
    public static double rocAucOneVsRest(int[] labels, Matrix scores) {
        Samples.requireEqual("rocAuc", labels.length, "rows of scores", scores.rows());
        Samples.requireClasses("rocAuc", labels, scores.cols());
        double sum = 0;
        boolean[] positive = new boolean[labels.length];
        float[] column = new float[labels.length];
        for (int j = 0; j < scores.cols(); j++) {
            for (int i = 0; i < labels.length; i++) {
                positive[i] = labels[i] == j;
                column[i] = scores.at(i, j);
            }
            sum += rocAuc(positive, column);
        }
        return sum / scores.cols();
    }

    private static double overThresholds(Thresholds steps, Area area) {
        double sum = 0;
        double tpBefore = 0;
        double fpBefore = 0;
        for (int i = 0; i < steps.size(); i++) {
            sum += area.between(tpBefore, steps.positives(i), fpBefore, steps.negatives(i));
            tpBefore = steps.positives(i);
            fpBefore = steps.negatives(i);
        }
        return sum;
    }
}
