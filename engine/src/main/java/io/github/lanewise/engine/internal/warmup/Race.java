package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.KernelSet;

import java.util.function.LongSupplier;

/**
 * A SIMD kernel against its plain twin, round by round on small operands, until it has been
 * compiled: until it comes near the best time of its twin several times running.
 *
 * <p>C2 compiles whatever runs, so the twin joins in for three rounds, and again only if SIMD has
 * not become many times as fast as it was by then, for no more rounds than it takes C1 to compile
 * it; that is fast enough for a yardstick.
 */
final class Race {

    /** Rounds with sums of length 2, to be compiled by C1 soon: the interpreter is slowest. */
    private static final int SHORT_ROUNDS = 24;

    private static final int SHORT = 2;

    /**
     * Long enough for C2 to see real loops, and short enough that 600 calls and 15,000 turns, which
     * it waits for, come at the same time.
     */
    private static final int LONG = 24;

    private static final int WINS = 3;

    /**
     * So many times the twin's best time is near: C2 makes vectors of some plain loops, too, on
     * such small operands a call weighs more than what it computes, and what is not compiled takes
     * ten times as long.
     */
    private static final float NEAR = 3;

    /** What wins by so much is compiled, even if the twin is still in the interpreter ... */
    private static final float LANDSLIDE = 0.1f;

    /** ... or has left it, by the time that it takes, perhaps not with all that it calls. */
    private static final float CLEAR_WIN = 0.4f;

    /** The twin has left the interpreter once it is so many times as fast as it was at first. */
    private static final int FASTER = 4;

    /** Rounds before C2 has compiled any kernel: their best time is that of code that is cold. */
    private static final int COLD_ROUNDS = 48;

    /** What is compiled takes less than a fifth of that time, if most of it is vectors. */
    private static final int WARMER = 5;

    /**
     * From here on the twin runs even if SIMD is not warm, as often as it takes to win; earlier it
     * might be in the interpreter, and take the exercise's time.
     */
    private static final int TRIAL_ROUNDS = 100;

    /** From here on it runs again ... */
    private static final int LATE_ROUNDS = 400;

    /**
     * ... or from the trial on, if a round takes no longer even when cold: most of the kernel was
     * compiled for others.
     */
    private static final int SHORT_NANOS = 20_000;

    /** C1 has compiled the twin by then. */
    private static final int TWIN_ROUNDS = 150;

    /**
     * By then everything has been compiled that ever will be. A kernel that still loses stays
     * plain, and its family: that JVM does not turn its vectors into instructions.
     */
    private static final int MAX_ROUNDS = 4_000;

    private final Exercise.Kernel kernel;
    private final KernelSet simd;
    private final KernelSet plain;
    private final LongSupplier clock;
    private int round = -SHORT_ROUNDS;
    private int twinRounds;
    private int wins;
    private long coldBest = Long.MAX_VALUE;
    private long plainFirst;
    private long plainBest = Long.MAX_VALUE;

    Race(Exercise.Kernel kernel, KernelSet simd, KernelSet plain) {
        this(kernel, simd, plain, System::nanoTime);
    }

    /** Makes one that goes by a clock of nanoseconds. */
    Race(Exercise.Kernel kernel, KernelSet simd, KernelSet plain, LongSupplier clock) {
        this.kernel = kernel;
        this.simd = simd;
        this.plain = plain;
        this.clock = clock;
    }

    /** Returns whether SIMD has won; if not once the race is over, it never will. */
    boolean isWon() {
        return wins == WINS;
    }

    boolean isOver() {
        return isWon() || round == MAX_ROUNDS;
    }

    /** Runs a round and returns how many nanoseconds it took. */
    long runRound() {
        long nanos = time(simd, round < 0 ? SHORT : LONG);
        if (round >= 0 && round < COLD_ROUNDS) {
            coldBest = Math.min(coldBest, nanos);
        }
        boolean warm = round >= COLD_ROUNDS && WARMER * nanos < coldBest;
        if (twinRounds < (warm ? WINS : twinRoundsByNow())) {
            runTwin();
        }
        if (twinRounds > 0) {
            wins = nanos < (warm ? NEAR : limit()) * plainBest ? wins + 1 : 0;
        }
        round++;
        return nanos;
    }

    private int twinRoundsByNow() {
        if (round < TRIAL_ROUNDS) {
            return 0;
        }
        return round >= LATE_ROUNDS || coldBest < SHORT_NANOS ? TWIN_ROUNDS : WINS;
    }

    private void runTwin() {
        long nanos = time(plain, LONG);
        if (twinRounds++ == 0) {
            plainFirst = nanos;
        }
        plainBest = Math.min(plainBest, nanos);
    }

    /** Returns by which share of the twin's time a kernel wins of which nothing else is known. */
    private float limit() {
        if (twinRounds == TWIN_ROUNDS) {
            return NEAR;
        }
        return plainBest < plainFirst / FASTER ? CLEAR_WIN : LANDSLIDE;
    }

    private long time(KernelSet set, int length) {
        long start = clock.getAsLong();
        kernel.run(set, length);
        return clock.getAsLong() - start;
    }
}
