package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.KernelSet;

import java.util.function.LongSupplier;

/**
 * A family's SIMD kernels against its plain ones, round by round on small operands.
 *
 * <p>Who comes near the best time of its twin several times running has been compiled. A few short
 * rounds go ahead, in which SIMD runs alone. Where the exercise is even, the twin joins in only
 * when SIMD has become many times as fast as it was, for C2 compiles whatever runs.
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
     * C2 makes vectors of some plain loops, too: a tie is a win, and so is a narrow defeat on such
     * small operands, for what is not compiled takes six times as long.
     */
    private static final float TIE = 1.5f;

    /** The same once it is plain that all is compiled, if not yet what surrounds the kernels. */
    private static final float WARM_TIE = 3;

    /**
     * Before, neither side has made the calls that C2 waits for, and cold SIMD might beat its twin
     * in the interpreter.
     */
    private static final int MIN_ROUNDS = 150;

    /** Rounds before C2 has compiled any kernel: their best time is that of code that is cold. */
    private static final int COLD_ROUNDS = 48;

    /** With one kernel in five or more still cold, a round takes more than a sixth of that time. */
    private static final int WARMER = 6;

    /** From here on the twin runs in any case. */
    private static final int LATE_ROUNDS = 400;

    /**
     * By then everything has been compiled that ever will be. A family that still loses stays
     * plain: that JVM does not turn its vectors into instructions.
     */
    private static final int MAX_ROUNDS = 4_000;

    private final Exercise exercise;
    private final KernelSet simd;
    private final KernelSet plain;
    private final LongSupplier clock;
    private int round = -SHORT_ROUNDS;
    private int wins;
    private long coldBest = Long.MAX_VALUE;
    private long plainBest = Long.MAX_VALUE;

    Race(Exercise exercise, KernelSet simd, KernelSet plain) {
        this(exercise, simd, plain, System::nanoTime);
    }

    /** Makes one that goes by a clock of nanoseconds. */
    Race(Exercise exercise, KernelSet simd, KernelSet plain, LongSupplier clock) {
        this.exercise = exercise;
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
        boolean warm = exercise.isEven() && round >= COLD_ROUNDS && WARMER * nanos < coldBest;
        int plainFrom = exercise.isEven() ? LATE_ROUNDS : 0;
        if (warm || round >= plainFrom) {
            plainBest = Math.min(plainBest, time(plain, LONG));
            boolean counts = warm || round >= plainFrom + MIN_ROUNDS;
            wins = counts && nanos < (warm ? WARM_TIE : TIE) * plainBest ? wins + 1 : 0;
        }
        round++;
        return nanos;
    }

    private long time(KernelSet set, int length) {
        long start = clock.getAsLong();
        exercise.run(set, length);
        return clock.getAsLong() - start;
    }
}
