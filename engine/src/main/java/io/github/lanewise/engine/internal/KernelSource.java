package io.github.lanewise.engine.internal;

/**
 * The kernel set that a call shall use now. It may change from one call to the next, since every
 * set returns the same bits.
 */
public interface KernelSource {

    /** Returns the set for one call of a family. */
    KernelSet current(Family family);
}
