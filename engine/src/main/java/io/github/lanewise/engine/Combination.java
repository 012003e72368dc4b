package io.github.lanewise.engine;

/** How {@link Kernels#combine} makes one number of two, rounded once. */
public enum Combination {
    /** x + y. */
    ADD,
    /** x - y. */
    SUBTRACT,
    /** x * y. */
    MULTIPLY
}
