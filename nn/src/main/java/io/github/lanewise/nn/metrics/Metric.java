package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;

/**
 * A measure that is taken batch by batch, during training and on validation data.
 *
 * <p>A trainer resets it before each epoch and each validation. For one thread at a time.
 */
public interface Metric {

    /** Returns its name, such as {@code f1}; that of a validation has {@code val_} before it. */
    String name();

    /** Forgets all samples. */
    void reset();

    /**
     * Takes a batch in.
     *
     * @param outputs of the model, a row for each sample
     * @param targets as many
     * @throws IllegalArgumentException if the metric is not for such targets
     */
    void add(Matrix outputs, Targets targets);

    /** Returns the measure over all samples since the reset; NaN if there was none. */
    double value();

    /** Writes what has been taken in since the reset into a checkpoint. */
    default void save(StateWriter out) {}

    /** Reads what {@link #save} wrote. */
    default void load(StateReader in) throws IOException {}
}
