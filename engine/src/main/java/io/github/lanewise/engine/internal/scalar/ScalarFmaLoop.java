package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.FmaLoop;

/**
 * Rows of multiply-adds in the form of the scalar kernels, on an array that stays in the
 * first-level cache; C2 may well turn the inner loop into vector code, as it does with theirs.
 */
public final class ScalarFmaLoop implements FmaLoop {

    private static final int LENGTH = 1024;

    /** Makes the loop. */
    public ScalarFmaLoop() {}

    @Override
    public int operationsPerRound() {
        return 2 * LENGTH;
    }

    @Override
    public float run(int rounds) {
        float[] c = new float[LENGTH];
        for (int i = 0; i < rounds; i++) {
            row(0.75f, c);
        }
        return c[rounds % LENGTH];
    }

    private static void row(float x, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] = Fma.fma(c[j], x, 0.5f);
        }
    }
}
