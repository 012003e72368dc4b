package io.github.lanewise.examples;

/**
 * What one epoch of training gave.
 *
 * @param number 1 for the first
 * @param loss mean loss over the training set, while it was trained on
 * @param accuracy share of the training set that was right, while it was trained on
 * @param testLoss mean loss over the test set, after the epoch
 * @param testAccuracy share of the test set that was right, after the epoch
 * @param seconds time spent on training
 */
public record EpochReport(
        int number,
        double loss,
        double accuracy,
        double testLoss,
        double testAccuracy,
        double seconds) {}
