package io.github.lanewise.engine.internal;

/**
 * Whether this JVM turns {@code Math.fma} into an instruction. Without one it computes with decimal
 * numbers: the same result, a hundred times slower.
 */
public final class HardwareFma {

    private static final int CALLS = 64;

    private static final int TRIES = 5;

    /** An interpreted call takes some ten nanoseconds with the instruction, a thousand without. */
    private static final long SLOW_NANOS = 400;

    private HardwareFma() {}

    /** Measures it, in a few microseconds. */
    public static boolean isPresent() {
        long best = Long.MAX_VALUE;
        float sum = 0;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum = Math.fma(1.1f, 0.3f, 0.5f * sum);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best < CALLS * SLOW_NANOS && sum > 0;
    }
}
