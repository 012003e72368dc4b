package io.github.lanewise.engine.internal;

import java.util.List;

/**
 * The kernel set that a call shall use now. It may change from one call to the next, since every
 * set returns the same bits.
 */
public interface KernelSource {

    /** Returns the set for one call of a family. */
    KernelSet current(Family family);

    /**
     * Returns whether it has work of its own that should not wait for a core, so that a call had
     * better take a single thread. Asked by every call that could take several: so it also tells
     * the source that the program has use for more than one core.
     */
    default boolean wantsCore() {
        return false;
    }

    /** Returns why some families are slower than they should be; empty if none is known to be. */
    default List<String> faults() {
        return List.of();
    }
}
