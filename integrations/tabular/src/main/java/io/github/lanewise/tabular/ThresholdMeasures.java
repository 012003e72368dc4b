package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.List;

/**
 * What comes of a threshold: rows whose probability is above it count as positive.
 *
 * @param threshold the probability
 * @param flagged how many rows count as positive
 * @param precision share of these that are
 * @param recall share of the positive rows that are among them
 * @param f1 harmonic mean of both
 * @param accuracy share of all rows that are right
 */
public record ThresholdMeasures(
        double threshold,
        int flagged,
        double precision,
        double recall,
        double f1,
        double accuracy) {

    private static final int STEPS = 20;

    /** Returns the measures for 0.05, 0.1 and so on up to 0.95. */
    public static List<ThresholdMeasures> table(int[] labels, Predictions predictions) {
        List<ThresholdMeasures> table = new ArrayList<>();
        for (int i = 1; i < STEPS; i++) {
            table.add(of((double) i / STEPS, labels, predictions));
        }
        return table;
    }

    /** Returns the measures of one threshold; a share of no rows is NaN. */
    public static ThresholdMeasures of(double threshold, int[] labels, Predictions predictions) {
        int flagged = 0;
        int hits = 0;
        int positive = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean above = predictions.probabilities()[i][1] > threshold;
            flagged += above ? 1 : 0;
            hits += above && labels[i] == 1 ? 1 : 0;
            positive += labels[i];
        }
        int right = hits + labels.length - positive - (flagged - hits);
        return new ThresholdMeasures(
                threshold,
                flagged,
                (double) hits / flagged,
                (double) hits / positive,
                2.0 * hits / (flagged + positive),
                (double) right / labels.length);
    }
}
