package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.Numbers;

/** Shares of samples whose class was found. */
public final class Accuracy {

    private Accuracy() {}

    /**
     * Returns the share of predictions that are the label; {@link ArgMax#NONE} is none.
     *
     * @throws IllegalArgumentException if their numbers differ, or there are none
     */
    public static double of(int[] labels, int[] predicted) {
        Samples.requireEqual("Accuracy", labels.length, "predictions", predicted.length);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += labels[i] == predicted[i] && predicted[i] != ArgMax.NONE ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /**
     * Returns the share of samples whose label is among the k classes of the highest scores. Of
     * equal scores that of the higher class counts as higher, as in scikit-learn. A label whose
     * score is NaN is not among them.
     *
     * @param labels a class for each row
     * @param scores a row for each sample, a column for each class
     * @param k 1 or more
     * @throws IllegalArgumentException if their numbers differ, or there are none
     */
    public static double topK(int[] labels, Matrix scores, int k) {
        Samples.requireEqual("Accuracy", labels.length, "rows of scores", scores.rows());
        Samples.requireClasses("Accuracy", labels, scores.cols());
        Numbers.requirePositive("Accuracy", "k", k);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right +=
                    rank(
                                            scores.data(),
                                            scores.offset() + i * scores.ld(),
                                            1,
                                            scores.cols(),
                                            labels[i])
                                    < k
                            ? 1
                            : 0;
        }
        return (double) right / labels.length;
    }

    /** Returns how many classes stand before one; a stride lies between their scores. */
    static int rank(float[] scores, int from, int stride, int classes, int label) {
        float own = scores[from + label * stride];
        if (Float.isNaN(own)) {
            return Integer.MAX_VALUE;
        }
        int rank = 0;
        for (int j = 0; j < classes; j++) {
            float other = scores[from + j * stride];
            rank += other > own || (other == own && j > label) ? 1 : 0;
        }
        return rank;
    }
}
