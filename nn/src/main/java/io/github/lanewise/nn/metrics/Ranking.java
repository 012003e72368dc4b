package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * How well scores put positive samples before negative ones, whatever the threshold. Samples of
 * equal score come in together.
 */
public final class Ranking {

    private Ranking() {}

    /** What is added up from one group of equal scores to the next, highest first. */
    @FunctionalInterface
    private interface Area {
        double between(long positivesBefore, long positives, long negativesBefore, long negatives);
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
        long all = count(positive);
        double pairs = (double) all * (positive.length - all);
        double area =
                overThresholds(
                        "rocAuc",
                        positive,
                        scores,
                        (tpBefore, tp, fpBefore, fp) -> (fp - fpBefore) * (tpBefore + tp) / 2.0);
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
        long all = count(positive);
        double sum =
                overThresholds(
                        "averagePrecision",
                        positive,
                        scores,
                        (tpBefore, tp, fpBefore, fp) -> (tp - tpBefore) * (double) tp / (tp + fp));
        return all == 0 ? 0 : sum / all;
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

    private static double overThresholds(
            String measure, boolean[] positive, float[] scores, Area area) {
        Integer[] order = order(measure, positive, scores);
        double sum = 0;
        long tp = 0;
        long fp = 0;
        for (int i = 0; i < order.length; ) {
            long tpBefore = tp;
            long fpBefore = fp;
            float score = scores[order[i]];
            for (; i < order.length && scores[order[i]] == score; i++) {
                if (positive[order[i]]) {
                    tp++;
                } else {
                    fp++;
                }
            }
            sum += area.between(tpBefore, tp, fpBefore, fp);
        }
        return sum;
    }

    /** Returns the samples from the highest to the lowest score. */
    private static Integer[] order(String measure, boolean[] positive, float[] scores) {
        Samples.requireEqual(measure, positive.length, "scores", scores.length);
        Integer[] order = new Integer[scores.length];
        for (int i = 0; i < order.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException(
                        "%s: score %d is NaN; it must be a number".formatted(measure, i));
            }
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Float.compare(scores[b], scores[a]));
        return order;
    }

    private static long count(boolean[] positive) {
        long count = 0;
        for (boolean one : positive) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
