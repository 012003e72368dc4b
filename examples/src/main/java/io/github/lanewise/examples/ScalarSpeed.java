package io.github.lanewise.examples;

/**
 * How fast one thread multiplies and adds without vectors: less than vectors on any healthy
 * machine, so that vector code which C2 does not compile cannot pass for this CPU's peak.
 */
final class ScalarSpeed {

    private static final long NANOS = 200_000_000;
    private static final int ROUNDS = 1_000;
    private static final int CHAINS = 8;

    /** Takes in every result, so that no work can be left out. */
    private static volatile float sink;

    private ScalarSpeed() {}

    /** Returns 10<sup>9</sup> floating-point operations per second. */
    static double measure() {
        long begin = System.nanoTime();
        long now = begin;
        long best = Long.MAX_VALUE;
        while (now - begin < NANOS) {
            sink = run();
            long end = System.nanoTime();
            best = Math.min(best, end - now);
            now = end;
        }
        return 2.0 * CHAINS * ROUNDS / best;
    }

    /** Eight chains hide how long one multiply-add takes. */
    private static float run() {
        float a = 1;
        float b = 2;
        float c = 3;
        float d = 4;
        float e = 5;
        float f = 6;
        float g = 7;
        float h = 8;
        float factor = 0.5f + 0 * sink;
        for (int i = 0; i < ROUNDS; i++) {
            a = Math.fma(a, factor, 1f);
            b = Math.fma(b, factor, 1f);
            c = Math.fma(c, factor, 1f);
            d = Math.fma(d, factor, 1f);
            e = Math.fma(e, factor, 1f);
            f = Math.fma(f, factor, 1f);
            g = Math.fma(g, factor, 1f);
            h = Math.fma(h, factor, 1f);
        }
        return a + b + c + d + e + f + g + h;
    }
}
