package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells callers when to leave a core to the probes and C2, where cores are few: a program's threads
 * would leave none. Until heavy families are compiled, which most of the time goes into, it pays to
 * leave one.
 */
final class CompilerCore {

    private static final int FEW_CORES = 3;

    /**
     * How long after a heavy family callers still leave a core to C2, if other families are due: it
     * then compiles what the first fast calls have shown it, and a worker would only share a core
     * with its caller.
     */
    private static final long SETTLING_NANOS = 500_000_000;

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger heavyDue = new AtomicInteger();

    /** Whether a heavy family is over, and C2 has not settled yet. */
    private volatile boolean settling;

    /** When it will have, by the clock. */
    private volatile long settled;

    /** Whether a call has lately asked for more cores than its own. */
    private volatile boolean othersAreInUse;

    boolean isOneOfFew() {
        return cores <= FEW_CORES;
    }

    void begin(Family family) {
        due.incrementAndGet();
        if (family.isHeavy()) {
            heavyDue.incrementAndGet();
        }
    }

    /** Says that a family's probes are done. */
    void end(Family family) {
        if (family.isHeavy()) {
            settled = System.nanoTime() + SETTLING_NANOS;
            settling = true;
        }
        leave(family);
    }

    /** Says that a family's probes wait for another thread. */
    void leave(Family family) {
        due.decrementAndGet();
        if (family.isHeavy()) {
            heavyDue.decrementAndGet();
        }
    }

    /** Returns whether a call that could use all cores should leave one. */
    boolean isWanted() {
        if (!othersAreInUse) {
            othersAreInUse = true;
        }
        return isOneOfFew() && (heavyDue.get() > 0 || isSettling());
    }

    private boolean isSettling() {
        if (settling && (due.get() == 0 || System.nanoTime() - settled > 0)) {
            settling = false;
        }
        return settling;
    }

    /**
     * Returns whether the program has used all cores since this was last asked, if they are few; of
     * a single one it always does.
     */
    boolean isShared() {
        boolean shared = isOneOfFew() && (othersAreInUse || cores == 1);
        if (shared) {
            othersAreInUse = false;
        }
        return shared;
    }
}
