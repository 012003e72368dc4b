package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.KernelSet;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Finds out when C2 has compiled a SIMD kernel: runs it on small operands, round by round, until it
 * comes near the best time of its fallback, the plain kernel, several times running.
 *
 * <p>C2 compiles whatever runs, so the fallback joins in for three rounds, and again only if SIMD
 * has not become many times as fast as it was by then, for no more rounds than it takes C1 to
 * compile it; that is fast enough for a yardstick.
 */
final class CompilationProbe {

    /** Rounds with sums of length 2, to be compiled by C1 soon: the interpreter is slowest. */
    private static final int SHORT_ROUNDS = 24;

    private static final int SHORT = 2;

    /**
     * Long enough for C2 to see real loops, and short enough that 600 calls and 15,000 turns, which
     * it waits for, come at the same time.
     */
    private static final int LONG = 24;

    private static final int FAST_ROUNDS = 3;

    /**
     * So many times the fallback's best time is near: C2 makes vectors of some plain loops, too, on
     * such small operands a call weighs more than what it computes, and what is not compiled takes
     * ten times as long.
     */
    private static final float NEAR = 3;

    /**
     * What takes less than this share is compiled, even if the fallback is still in the interpreter
     * ...
     */
    private static final float MUCH_FASTER = 0.1f;

    /** ... or has left it, by the time that it takes, perhaps not with all that it calls. */
    private static final float CLEARLY_FASTER = 0.4f;

    /**
     * The fallback has left the interpreter once it is so many times as fast as it was at first.
     */
    private static final int WARMED_UP = 4;

    /** Rounds before C2 has compiled any kernel: their best time is that of code that is cold. */
    private static final int COLD_ROUNDS = 48;

    /** What is compiled takes less than a fifth of that time, if most of it is vectors. */
    private static final int WARMER = 5;

    /**
     * From here on the fallback runs even if SIMD is not warm, as often as the decision takes;
     * earlier it might be in the interpreter, and take the probe's time.
     */
    private static final int TRIAL_ROUNDS = 100;

    /** From here on it runs again ... */
    private static final int LATE_ROUNDS = 400;

    /**
     * ... or from the trial on, if a round takes no longer even when cold: most of the kernel was
     * compiled for others.
     */
    private static final int SHORT_NANOS = 20_000;

    /** C1 has compiled the fallback by then. */
    private static final int FALLBACK_ROUNDS = 150;

    /** So many rounds C2 must have seen ... */
    private static final int ENOUGH_ROUNDS = 4_000;

    /**
     * ... and so long it may take over what waits before this kernel. A kernel that is still slower
     * by then stays plain, and its family: that JVM does not turn its vectors into instructions.
     */
    private static final long ENOUGH_NANOS = 3_000_000_000L;

    private final FamilyProbe.Kernel kernel;
    private final KernelSet simd;
    private final KernelSet plain;
    private final LongSupplier clock;
    private int round = -SHORT_ROUNDS;
    private int fallbackRounds;
    private int fastRounds;
    private long start;
    private long now;
    private long coldBest = Long.MAX_VALUE;
    private long lastBest = Long.MAX_VALUE;
    private long plainFirst;
    private long plainBest = Long.MAX_VALUE;

    CompilationProbe(FamilyProbe.Kernel kernel, KernelSet simd, KernelSet plain) {
        this(kernel, simd, plain, System::nanoTime);
    }

    /** Makes one that goes by a clock of nanoseconds. */
    CompilationProbe(
            FamilyProbe.Kernel kernel, KernelSet simd, KernelSet plain, LongSupplier clock) {
        this.kernel = kernel;
        this.simd = simd;
        this.plain = plain;
        this.clock = clock;
    }

    /** Returns whether the SIMD kernel is compiled; if not once the probe is done, it never is. */
    boolean isCompiled() {
        return fastRounds == FAST_ROUNDS;
    }

    boolean isDone() {
        return isCompiled() || round >= ENOUGH_ROUNDS && now - start >= ENOUGH_NANOS;
    }

    /** Says by which figures a probe that is done found that its kernel is not compiled. */
    String fault() {
        return String.format(
                Locale.ROOT,
                "after %,d rounds vectors take %.1f us for what plain loops do in %.1f, so this JVM"
                        + " does not turn them into instructions, or was too busy to",
                round,
                lastBest / 1e3,
                plainBest / 1e3);
    }

    /** Runs a round and returns how many nanoseconds it took. */
    long runRound() {
        if (round == -SHORT_ROUNDS) {
            start = clock.getAsLong();
        }
        long nanos = time(simd, round < 0 ? SHORT : LONG);
        if (round >= LATE_ROUNDS) {
            lastBest = Math.min(lastBest, nanos);
        }
        if (round >= 0 && round < COLD_ROUNDS) {
            coldBest = Math.min(coldBest, nanos);
        }
        boolean warm = round >= COLD_ROUNDS && WARMER * nanos < coldBest;
        if (fallbackRounds < (warm ? FAST_ROUNDS : fallbackRoundsByNow())) {
            runFallback();
        }
        if (fallbackRounds > 0) {
            fastRounds = nanos < (warm ? NEAR : limit()) * plainBest ? fastRounds + 1 : 0;
        }
        round++;
        return nanos;
    }

    private int fallbackRoundsByNow() {
        if (round < TRIAL_ROUNDS) {
            return 0;
        }
        return round >= LATE_ROUNDS || coldBest < SHORT_NANOS ? FALLBACK_ROUNDS : FAST_ROUNDS;
    }

    private void runFallback() {
        long nanos = time(plain, LONG);
        if (fallbackRounds++ == 0) {
            plainFirst = nanos;
        }
        plainBest = Math.min(plainBest, nanos);
    }

    /**
     * Returns below which share of the fallback's time a kernel is compiled of which no more is
     * known.
     */
    private float limit() {
        if (fallbackRounds == FALLBACK_ROUNDS) {
            return NEAR;
        }
        return plainBest < plainFirst / WARMED_UP ? CLEARLY_FASTER : MUCH_FASTER;
    }

    private long time(KernelSet set, int length) {
        long before = clock.getAsLong();
        kernel.run(set, length);
        now = clock.getAsLong();
        return now - before;
    }
}
