package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;

/**
 * Counts the calls of each family, and tells from which on its probes are worth their time. Guarded
 * by who uses it, but for {@link #areCounted}.
 */
final class FamilyCalls {

    /**
     * So many calls of a family do not start its probes, unless it is heavy: what is used once or
     * twice may stay slow.
     */
    private static final int FEW_CALLS = 2;

    /** Calls of a family after which kernels that were not compiled in time get another trial. */
    static final int CALLS_TO_RETRY = 10_000;

    /** After so many trials a family stays on plain loops. */
    private static final int MOST_TRIALS = 3;

    private final int[] calls = new int[Family.values().length];
    private final int[] trials = new int[Family.values().length];
    private final boolean[] due = new boolean[Family.values().length];

    /**
     * Returns whether calls of a family still count, as they do until it is due. A thread that sees
     * an old answer counts a call too many.
     */
    boolean areCounted(Family family) {
        return !due[family.ordinal()];
    }

    /** Counts a call, and returns whether its family should be due from now on. */
    boolean areEnough(Family family) {
        int first = family.isHeavy() ? 1 : FEW_CALLS + 1;
        int enough = trials[family.ordinal()] == 0 ? first : CALLS_TO_RETRY;
        return ++calls[family.ordinal()] >= enough;
    }

    /** Makes a family due; returns whether it was not. */
    boolean makeDue(Family family) {
        boolean before = due[family.ordinal()];
        due[family.ordinal()] = true;
        return !before;
    }

    /** Lets the next call make a family due again, as if it had never been. */
    void forget(Family family) {
        due[family.ordinal()] = false;
    }

    /** Lets a family whose trial failed be due again after many calls, but not for ever. */
    void allowRetry(Family family) {
        calls[family.ordinal()] = 0;
        due[family.ordinal()] = ++trials[family.ordinal()] == MOST_TRIALS;
    }
}
