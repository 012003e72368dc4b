package io.github.lanewise.nn.train;

import java.util.List;
import java.util.Optional;

/**
 * What {@link Trainer#fit} did.
 *
 * @param epochs the epochs in order; the last may be cut short by {@link Progress#stop()}
 */
public record History(List<Epoch> epochs) {

    /** Copies the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * One pass over the dataset.
     *
     * @param loss mean loss, each batch's before its step
     * @param accuracy share of right classes, each batch's before its step; NaN without labels
     * @param samples how many were seen
     * @param seconds how long the steps took, validation and callbacks at its end not counted
     * @param validation how the model did afterwards on {@link Trainer#validation}, if there is one
     */
    public record Epoch(
            double loss,
            double accuracy,
            int samples,
            double seconds,
            Optional<Evaluation> validation) {}
}
