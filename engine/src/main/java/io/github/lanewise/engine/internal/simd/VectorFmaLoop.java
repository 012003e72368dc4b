package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import io.github.lanewise.engine.internal.FmaLoop;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;

/**
 * Twelve independent chains of vector multiply-adds: more than latency (4 cycles) times units (2),
 * so the units never wait, and few enough for the 16 registers of AVX2.
 */
public final class VectorFmaLoop implements FmaLoop {

    private static final int CHAINS = 12;

    /** Makes the loop for the width of this JVM. */
    public VectorFmaLoop() {}

    @Override
    public int operationsPerRound() {
        return 2 * CHAINS * Lanes.COUNT;
    }

    @Override
    public float run(int rounds) {
        // Factor below 1, so that the chains converge: overflow and subnormals cost time on some
        // CPUs.
        FloatVector x = ZERO.broadcast(0.75f);
        FloatVector y = ZERO.broadcast(0.5f);
        FloatVector c0 = ZERO.broadcast(0);
        FloatVector c1 = ZERO.broadcast(1);
        FloatVector c2 = ZERO.broadcast(2);
        FloatVector c3 = ZERO.broadcast(3);
        FloatVector c4 = ZERO.broadcast(4);
        FloatVector c5 = ZERO.broadcast(5);
        FloatVector c6 = ZERO.broadcast(6);
        FloatVector c7 = ZERO.broadcast(7);
        FloatVector c8 = ZERO.broadcast(8);
        FloatVector c9 = ZERO.broadcast(9);
        FloatVector c10 = ZERO.broadcast(10);
        FloatVector c11 = ZERO.broadcast(11);
        for (int i = 0; i < rounds; i++) {
            c0 = x.fma(c0, y);
            c1 = x.fma(c1, y);
            c2 = x.fma(c2, y);
            c3 = x.fma(c3, y);
            c4 = x.fma(c4, y);
            c5 = x.fma(c5, y);
            c6 = x.fma(c6, y);
            c7 = x.fma(c7, y);
            c8 = x.fma(c8, y);
            c9 = x.fma(c9, y);
            c10 = x.fma(c10, y);
            c11 = x.fma(c11, y);
        }
        FloatVector sum = ZERO.add(c0).add(c1).add(c2).add(c3).add(c4).add(c5);
        return sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
    }
}
