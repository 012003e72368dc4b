package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;

import java.util.List;

/**
 * Begins with scalar kernels and goes over to SIMD, family by family, as soon as SIMD is faster.
 *
 * <p>Until C2 has compiled it, vector code runs hundreds of times slower than afterwards and
 * allocates; plain loops are compiled within a few dozen milliseconds. So a daemon thread exercises
 * the SIMD kernels on small operands while the program computes on scalar ones, and races each
 * family against its scalar twin: who wins three times running is compiled. Nobody can tell the
 * moment of the change except by the clock, because the bits are the same.
 */
public final class WarmUp implements KernelSource, Runnable {

    /** Rounds with sums of length 2, to be compiled by C1 soon: the interpreter is slowest. */
    private static final int SHORT_ROUNDS = 260;

    private static final int SHORT = 2;

    /** Long enough for C2 to see real loops. */
    private static final int LONG = 48;

    private static final int WINS = 3;

    /** By then everything has been compiled that ever will be, race or no race. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private final KernelSet scalar;
    private final KernelSet simd;
    private volatile KernelSet current;

    private WarmUp(KernelSet scalar, KernelSet simd) {
        this.scalar = scalar;
        this.simd = simd;
        current = withFamilies(false, false, false, false);
    }

    /** Starts the exercise in the background and returns the source that it feeds. */
    public static KernelSource start(KernelSet scalar, KernelSet simd) {
        WarmUp warmUp = new WarmUp(scalar, simd);
        Thread thread = new Thread(warmUp, "lanewise-warm-up");
        thread.setDaemon(true);
        thread.start();
        return warmUp;
    }

    @Override
    public KernelSet current() {
        return current;
    }

    @Override
    public void run() {
        race(List.of(new ProductExercise()));
        current = withFamilies(true, false, false, false);
        race(List.of(new RowExercise(), new NormalizationExercise()));
        current = withFamilies(true, true, false, false);
        race(List.of(new PointwiseExercise(), new UpdateExercise(), new CellExercise(), new LossExercise()));
        current = withFamilies(true, true, true, false);
        race(List.of(new ImageExercise()));
        current = simd;
    }

    private KernelSet withFamilies(boolean products, boolean rows, boolean spans, boolean images) {
        return new KernelSet(
                simd.name(),
                simd.vectorBits(),
                products ? simd.products() : scalar.products(),
                spans ? simd.pointwise() : scalar.pointwise(),
                spans ? simd.updates() : scalar.updates(),
                rows ? simd.rows() : scalar.rows(),
                rows ? simd.normalizations() : scalar.normalizations(),
                spans ? simd.cells() : scalar.cells(),
                images ? simd.convolutions() : scalar.convolutions(),
                images ? simd.pools() : scalar.pools(),
                images ? simd.channels() : scalar.channels(),
                spans ? simd.losses() : scalar.losses());
    }

    /** Exercises both sets until SIMD has won. */
    private void race(List<Exercise> exercises) {
        long start = System.nanoTime();
        for (int round = 0; round < SHORT_ROUNDS; round++) {
            time(exercises, simd, SHORT);
        }
        int wins = 0;
        while (wins < WINS && System.nanoTime() - start < LONGEST_NANOS) {
            long simdTime = time(exercises, simd, LONG);
            wins = simdTime < time(exercises, scalar, LONG) ? wins + 1 : 0;
        }
    }

    private static long time(List<Exercise> exercises, KernelSet set, int length) {
        long start = System.nanoTime();
        for (Exercise exercise : exercises) {
            exercise.run(set, length);
        }
        return System.nanoTime() - start;
    }
}
