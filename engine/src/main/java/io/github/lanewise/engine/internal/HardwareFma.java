package io.github.lanewise.engine.internal;

/**
 * Whether this JVM turns {@code Math.fma} into an instruction. Without one it computes with decimal
 * numbers: the same result, a hundred times slower.
 */
final class HardwareFma {

    private static final int CALLS = 64;

    private static final int TRIES = 5;

    private HardwareFma() {}

    /**
     * Measures it, in a fraction of a millisecond: an interpreted call takes some ten nanoseconds
     * with the instruction, some hundred by {@link Fma#emulate}, thousands by decimal numbers.
     */
    static boolean isPresent() {
        long own = Long.MAX_VALUE;
        long emulated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            own = Math.min(own, nanos());
            emulated = Math.min(emulated, emulatedNanos());
        }
        return own < emulated;
    }

    private static long nanos() {
        float sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            sum = Math.fma(1.1f, 0.3f, 0.5f * sum);
        }
        long nanos = System.nanoTime() - start;
        return sum > 0 ? nanos : Long.MAX_VALUE;
    }

    private static long emulatedNanos() {
        float sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            sum = Fma.emulate(1.1f, 0.3f, 0.5f * sum);
        }
        long nanos = System.nanoTime() - start;
        return sum > 0 ? nanos : Long.MAX_VALUE;
    }
}
