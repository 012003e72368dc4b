package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.metrics.ArgMax;

/**
 * A loss bound to a batch size; owns its buffers as a {@link io.github.lanewise.nn.Pass} does. For
 * one thread at a time.
 *
 * <p>Forward and backward are all that a loss must have; the rest says what else a trainer may want
 * to know.
 */
public interface LossPass {

    /** What {@link #judged} says where there is no right and wrong. */
    int NO_ACCURACY = -1;

    /**
     * Computes the loss, a mean over the batch.
     *
     * @param predictions batch x features
     * @param targets what they should be, one for each row
     * @throws IllegalArgumentException if the targets are of the wrong kind or number
     */
    float forward(Matrix predictions, Targets targets);

    /**
     * Returns the gradient of the last loss with respect to the predictions, of their shape.
     *
     * @throws IllegalStateException if no forward call came before, or the pass is for inference
     */
    Matrix backward();

    /**
     * Checks the targets of a whole dataset before training begins.
     *
     * @throws IllegalArgumentException if one is out of range; the message gives its number
     */
    default void check(Targets targets) {}

    /**
     * Returns the last losses before they were reduced: a row for each sample, weighted as it is, a
     * column for each number that the loss has of it (each element, step or pixel, or one). They
     * hold until the next forward call.
     *
     * @throws UnsupportedOperationException if the loss does not know them
     * @throws IllegalStateException if no forward call came before
     */
    default Matrix losses() {
        throw new UnsupportedOperationException(
                "losses: %s does not know the losses of samples"
                        .formatted(getClass().getSimpleName()));
    }

    /**
     * Returns how many of the targets are judged right or wrong, each counting as much as its
     * sample's weight: by default each label.
     *
     * @return {@link #NO_ACCURACY} if none is, because the loss knows no right and wrong
     */
    default double judged(Targets targets) {
        return targets instanceof Targets.Labels labels ? labels.size() : NO_ACCURACY;
    }

    /**
     * Returns how many of the {@link #judged} predictions are right, counted likewise: by default,
     * those whose greatest value is at the label.
     */
    default double correct(Matrix predictions, Targets targets) {
        return targets instanceof Targets.Labels labels
                ? ArgMax.countCorrect(predictions, labels.classes())
                : NO_ACCURACY;
    }
}
