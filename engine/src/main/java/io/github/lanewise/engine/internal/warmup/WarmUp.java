package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Begins with plain loops and goes over to SIMD, family by family, as soon as SIMD is faster.
 *
 * <p>Until C2 has compiled it, vector code runs hundreds of times slower than afterwards and
 * allocates; plain loops are compiled within a few dozen milliseconds. So a daemon thread exercises
 * the SIMD kernels on small operands while the program computes on plain loops, and races each
 * family against its twin's best time: who comes near it three times running is compiled. Nobody
 * can tell the moment of the change except by the clock, because the bits are the same.
 *
 * <p>Products are exercised at once, every other family from its first call on: a program pays for
 * no kernel that it does not use.
 */
public final class WarmUp implements KernelSource, Runnable {

    /** Rounds with sums of length 2, to be compiled by C1 soon: the interpreter is slowest. */
    private static final int SHORT_ROUNDS = 24;

    private static final int SHORT = 2;

    /**
     * Long enough for C2 to see real loops, and short enough that 600 calls and 15,000 turns, which
     * it waits for, come at the same time.
     */
    private static final int LONG = 24;

    /**
     * With so many cores, a program's threads leave none for the exercise. Until products are
     * compiled, which most of the time goes into, it pays to leave it one.
     */
    private static final int FEW_CORES = 3;

    private static final int WINS = 3;

    /**
     * C2 makes vectors of some plain loops, too: a tie is a win, for what is not compiled loses by
     * far.
     */
    private static final float TIE = 1.25f;

    /**
     * Before, neither side has made the calls that C2 waits for, and cold SIMD might beat its twin
     * in the interpreter.
     */
    private static final int MIN_ROUNDS = 150;

    /**
     * By then everything has been compiled that ever will be. A family that still loses stays
     * plain: that JVM does not turn its vectors into instructions.
     */
    private static final int MAX_ROUNDS = 4_000;

    private final KernelSet plain;
    private final Supplier<KernelSet> maker;
    private final Set<Family> ready = EnumSet.noneOf(Family.class);
    private final BlockingQueue<Family> wanted = new LinkedBlockingQueue<>();
    private final boolean[] asked = new boolean[Family.values().length];
    private final AtomicReferenceArray<KernelSet> current =
            new AtomicReferenceArray<>(Family.values().length);

    private final boolean coresAreFew = Runtime.getRuntime().availableProcessors() <= FEW_CORES;
    private KernelSet simd;
    private volatile boolean productsAreDue = true;

    private WarmUp(KernelSet plain, Supplier<KernelSet> maker) {
        this.plain = plain;
        this.maker = maker;
        for (Family family : Family.values()) {
            current.set(family.ordinal(), plain);
        }
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
        return current.get(family.ordinal());
    }

    @Override
    public boolean wantsCore() {
        return coresAreFew && productsAreDue;
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
                    publish();
                }
                productsAreDue = false;
            }
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end; what is ready stays so.
            Thread.currentThread().interrupt();
        }
    }

    private static Exercise exercise(Family family) {
        return switch (family) {
            case PRODUCTS -> new ProductExercise();
            case STRIPS -> new StripExercise();
            case POINTWISE -> new PointwiseExercise();
            case BYTES -> new BytesExercise();
            case ACTIVATIONS -> new ActivationExercise();
            case DESCENT, ADAM, UPDATES -> new UpdateExercise(family);
            case ROWS -> new RowExercise();
            case CROSS_ENTROPY -> new CrossEntropyExercise();
            case COLUMNS -> new ColumnExercise();
            case NORMALIZATIONS -> new NormalizationExercise();
            case CELLS -> new CellExercise();
            case IMAGES -> new ImageExercise();
            case LOSSES -> new LossExercise();
        };
    }

    private void publish() {
        for (Family family : ready) {
            if (ready.containsAll(family.helpers())) {
                current.set(family.ordinal(), simd);
            }
        }
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
            wins = round >= MIN_ROUNDS && simdTime < TIE * plainBest ? wins + 1 : 0;
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
