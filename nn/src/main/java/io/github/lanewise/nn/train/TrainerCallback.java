package io.github.lanewise.nn.train;

import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;

/**
 * Told about the progress of {@link Trainer#fit}; may look, save, change the optimizer, or stop.
 *
 * <p>An exception ends the training and comes out of {@code fit}; {@link #onTrainEnd} is called all
 * the same, of those whose {@link #onTrainBegin} was over.
 */
public interface TrainerCallback {

    /** Called before the first epoch. */
    default void onTrainBegin(Progress progress) {}

    /** Called before the first batch of an epoch. */
    default void onEpochBegin(Progress progress) {}

    /**
     * Called when the gradients of a step are there and the step is not yet taken; {@link
     * Progress#stopBeforeStep} leaves it out.
     */
    default void onStepBegin(Progress progress) {}

    /** Called after a batch, and after its step if it led to one. */
    default void onBatchEnd(Progress progress) {}

    /** Called after the validation of an epoch, if there is one. */
    default void onValidationEnd(Progress progress) {}

    /** Called at the end of an epoch, after its validation. */
    default void onEpochEnd(Progress progress) {}

    /** Called at the end, however it came about. */
    default void onTrainEnd(Progress progress) {}

    /** Writes what the callback remembers into a checkpoint; by default it remembers nothing. */
    default void save(StateWriter out) {}

    /** Reads what {@link #save} wrote. */
    default void load(StateReader in) throws IOException {}
}
