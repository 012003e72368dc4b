package io.github.lanewise.tabular;

import java.util.List;

/**
 * What training did.
 *
 * @param epochs in order
 * @param bestEpoch number of the one whose values were kept, from 1
 */
public record TrainingHistory(List<Epoch> epochs, int bestEpoch) {

    /** Copies the list. */
    public TrainingHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * One pass over the training rows.
     *
     * @param number from 1
     * @param loss mean loss of the batches, each before its step
     * @param validation the measure on the validation rows, lower is better: log loss, error, or
     *     root of the mean squared error of the scaled target
     */
    public record Epoch(int number, double loss, double validation) {}
}
