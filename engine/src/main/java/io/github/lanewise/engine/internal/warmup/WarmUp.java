package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Begins with plain loops and goes over to SIMD, family by family, as soon as SIMD is faster.
 *
 * <p>Until C2 has compiled it, vector code runs hundreds of times slower than afterwards and
 * allocates; plain loops are compiled within a few dozen milliseconds. So a daemon thread exercises
 * the SIMD kernels on small operands while the program computes on plain loops, and races each
 * family against its twin's best time: who wins three times running is compiled. Nobody can tell
 * the moment of the change except by the clock, because the bits are the same.
 *
 * <p>Products are exercised at once, every other family from its first call on: a program pays for
 * no kernel that it does not use.
 */
public final class WarmUp implements KernelSource, Runnable {

    /** Rounds with sums of length 2, to be compiled by C1 soon: the interpreter is slowest. */
    private static final int SHORT_ROUNDS = 24;

    private static final int SHORT = 2;

    /** Long enough for C2 to see real loops. */
    private static final int LONG = 48;

    private static final int WINS = 3;

    /**
     * Before, neither side has made the calls that C2 waits for, and cold SIMD might beat its twin
     * in the interpreter.
     */
    private static final int MIN_ROUNDS = 150;

    /**
     * By then everything has been compiled that ever will be. A family that still loses stays
     * scalar: that JVM does not turn its vectors into instructions.
     */
    private static final int MAX_ROUNDS = 20_000;

    private final KernelSet plain;
    private final Supplier<KernelSet> maker;
    private final Set<Family> ready = EnumSet.noneOf(Family.class);
    private final BlockingQueue<Family> wanted = new LinkedBlockingQueue<>();
    private final boolean[] asked = new boolean[Family.values().length];
    private volatile KernelSet current;

    /** Activations are pointwise kernels, but get ready on their own. */
    private volatile KernelSet activations;

    private KernelSet simd;

    private WarmUp(KernelSet plain, Supplier<KernelSet> maker) {
        this.plain = plain;
        this.maker = maker;
        current = plain;
        activations = plain;
    }

    /**
     * Starts the exercise in the background and returns the source that it feeds. Even making the
     * SIMD kernels is left to the background, since it loads a good part of the Vector API.
     */
    public static KernelSource start(KernelSet plain, Supplier<KernelSet> simd) {
        WarmUp warmUp = new WarmUp(plain, simd);
        warmUp.ask(Family.PRODUCTS);
        Thread thread = new Thread(warmUp, "lanewise-warm-up");
        thread.setDaemon(true);
        thread.start();
        return warmUp;
    }

    @Override
    public KernelSet current(Family family) {
        if (!asked[family.ordinal()]) {
            ask(family);
        }
        return family == Family.ACTIVATIONS ? activations : current;
    }

    private synchronized void ask(Family family) {
        if (!asked[family.ordinal()]) {
            asked[family.ordinal()] = true;
            wanted.add(family);
            family.helpers().forEach(this::ask);
        }
    }

    @Override
    public void run() {
        simd = maker.get();
        try {
            for (int raced = 0; raced < asked.length; raced++) {
                Family family = wanted.take();
                if (race(exercise(family))) {
                    ready.add(family);
                    activations = ready.contains(Family.ACTIVATIONS) ? simd : plain;
                    current = plainExceptReady();
                }
            }
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end; what is ready stays so.
            Thread.currentThread().interrupt();
        }
    }

    private static Exercise exercise(Family family) {
        return switch (family) {
            case PRODUCTS -> new ProductExercise();
            case POINTWISE -> new PointwiseExercise();
            case ACTIVATIONS -> new ActivationExercise();
            case UPDATES -> new UpdateExercise();
            case ROWS -> new RowExercise();
            case NORMALIZATIONS -> new NormalizationExercise();
            case CELLS -> new CellExercise();
            case IMAGES -> new ImageExercise();
            case LOSSES -> new LossExercise();
        };
    }

    private KernelSet plainExceptReady() {
        return new KernelSet(
                simd.name(),
                simd.vectorBits(),
                setOf(Family.PRODUCTS).products(),
                setOf(Family.POINTWISE).pointwise(),
                setOf(Family.UPDATES).updates(),
                setOf(Family.ROWS).rows(),
                setOf(Family.NORMALIZATIONS).normalizations(),
                setOf(Family.CELLS).cells(),
                setOf(Family.IMAGES).convolutions(),
                setOf(Family.IMAGES).pools(),
                setOf(Family.IMAGES).channels(),
                setOf(Family.LOSSES).losses());
    }

    private KernelSet setOf(Family family) {
        return ready.contains(family) ? simd : plain;
    }

    /** Exercises both sets until SIMD has won; returns whether it did. */
    private boolean race(Exercise exercise) {
        for (int round = 0; round < SHORT_ROUNDS; round++) {
            time(exercise, simd, SHORT);
        }
        int wins = 0;
        long plainBest = Long.MAX_VALUE;
        for (int round = 0; wins < WINS && round < MAX_ROUNDS; round++) {
            long simdTime = time(exercise, simd, LONG);
            plainBest = Math.min(plainBest, time(exercise, plain, LONG));
            wins = round >= MIN_ROUNDS && simdTime < plainBest ? wins + 1 : 0;
            // Where cores are few, the compiler and the program need them more.
            Thread.yield();
        }
        return wins == WINS;
    }

    private static long time(Exercise exercise, KernelSet set, int length) {
        long start = System.nanoTime();
        exercise.run(set, length);
        return System.nanoTime() - start;
    }
}
