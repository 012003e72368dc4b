package io.github.lanewise.nn;

import java.util.Objects;

/**
 * Where passes stand that are given their sequences step by step: what {@link
 * io.github.lanewise.nn.inference.StepwiseSession} counts, and layers that tell steps apart or
 * remember them look at.
 */
public final class StepPosition {

    private final int capacity;
    private int step;

    /**
     * Starts at step 0.
     *
     * @param capacity how many steps there will be at most
     * @throws IllegalArgumentException if that is below 1
     */
    public StepPosition(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "StepPosition: room for %s steps; it must be 1 or more".formatted(capacity));
        }
        this.capacity = capacity;
    }

    /** Returns how many steps there are at most. */
    public int capacity() {
        return capacity;
    }

    /** Returns the number of the step that the next forward call is given, from 0. */
    public int step() {
        return step;
    }

    /**
     * Moves to a step; 0 begins other sequences, and what was remembered is forgotten.
     *
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public void step(int number) {
        step = Objects.checkIndex(number, capacity + 1);
    }
}
