package io.github.lanewise.bench.front;

import java.util.List;

/**
 * The last hidden states of a GRU that reads sequences of unequal length in both directions. All
 * lengths between the shortest and the longest are as likely; what fills a sample up to the longest
 * is 0.
 *
 * @param shortest steps of a sequence
 * @param longest steps of a sequence
 * @param features of a step
 * @param units hidden units of a direction
 */
public record Sequences(int shortest, int longest, int features, int units) implements Front {

    private static final int GATES = 3;
    private static final int DIRECTIONS = 2;

    @Override
    public int[] input() {
        return new int[] {longest, features};
    }

    /** Counts the steps that are there, in the mean. */
    @Override
    public List<Double> flops() {
        double steps = (shortest + longest) / 2.0;
        int outputs = DIRECTIONS * GATES * units;
        return List.of(
                steps * Front.product(features, outputs), steps * Front.product(units, outputs));
    }
}
