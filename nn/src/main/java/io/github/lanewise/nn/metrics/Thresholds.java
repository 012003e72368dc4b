package io.github.lanewise.nn.metrics;

import java.util.Arrays;

/**
 * What is taken for positive at each threshold, from the highest score to the lowest. Samples of
 * equal score come in together; those of weight 0 not at all.
 */
final class Thresholds {

    private final double[] positives;
    private final double[] negatives;
    private final double[] scores;
    private int size;

    /**
     * @param weights null for 1
     */
    Thresholds(String measure, boolean[] positive, float[] scores, float[] weights) {
        Samples.requireEqual(measure, positive.length, "scores", scores.length);
        if (weights != null) {
            Samples.requireEqual(measure, positive.length, "weights", weights.length);
        }
        Integer[] order = order(measure, scores);
        positives = new double[order.length];
        negatives = new double[order.length];
        this.scores = new double[order.length];
        double tp = 0;
        double fp = 0;
        for (int i : order) {
            double weight = weights == null ? 1 : weight(measure, weights, i);
            if (weight == 0) {
                continue;
            }
            tp += positive[i] ? weight : 0;
            fp += positive[i] ? 0 : weight;
            size += size == 0 || this.scores[size - 1] != scores[i] ? 1 : 0;
            this.scores[size - 1] = scores[i];
            positives[size - 1] = tp;
            negatives[size - 1] = fp;
        }
    }

    private static double weight(String measure, float[] weights, int i) {
        if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: weight of sample %s is %s; it must be 0 or more, and finite"
                            .formatted(measure, i, weights[i]));
        }
        return weights[i];
    }

    /** Returns the samples from the highest to the lowest score. */
    private static Integer[] order(String measure, float[] scores) {
        Integer[] order = new Integer[scores.length];
        for (int i = 0; i < order.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException(
                        "%s: score %s is NaN; it must be a number".formatted(measure, i));
            }
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Float.compare(scores[b], scores[a]));
        return order;
    }

    /** Returns the number of different scores. */
    int size() {
        return size;
    }

    double score(int i) {
        return scores[i];
    }

    /** Returns the weight of the positive samples with this score or a higher one. */
    double positives(int i) {
        return positives[i];
    }

    /** Returns the weight of the negative samples with this score or a higher one. */
    double negatives(int i) {
        return negatives[i];
    }

    double positives() {
        return size == 0 ? 0 : positives[size - 1];
    }

    double negatives() {
        return size == 0 ? 0 : negatives[size - 1];
    }
}
