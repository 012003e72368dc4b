package io.github.lanewise.nn.optim;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.List;

/**
 * What an {@link Optimizer} does to all parameters beside its rule: clip gradients, add a penalty,
 * keep weights small, average them.
 *
 * @see Optimizer#with
 */
public interface Adjustment {

    /** Comes before the rule, and may change gradients; those without one are to be left alone. */
    default void beforeStep(List<Param> parameters) {}

    /**
     * Returns whether {@link #beforeStep} leaves each element of a gradient that is 0 as it is:
     * then an optimizer may pass over the rows of a large table that were not used. By default it
     * does not.
     */
    default boolean leavesZeros() {
        return false;
    }

    /** Comes after the rule, and may change values. */
    default void afterStep(List<Param> parameters) {}

    /** Writes what it remembers into a checkpoint; by default it remembers nothing. */
    default void save(StateWriter out) {}

    /** Reads what {@link #save} wrote. */
    default void load(StateReader in) throws IOException {}
}
