package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.internal.FmaLoop;

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
        FloatVector x = FloatVector.broadcast(Lanes.FLOATS, 0.75f);
        FloatVector y = FloatVector.broadcast(Lanes.FLOATS, 0.5f);
        FloatVector c0 = FloatVector.broadcast(Lanes.FLOATS, 0);
        FloatVector c1 = FloatVector.broadcast(Lanes.FLOATS, 1);
        FloatVector c2 = FloatVector.broadcast(Lanes.FLOATS, 2);
        FloatVector c3 = FloatVector.broadcast(Lanes.FLOATS, 3);
        FloatVector c4 = FloatVector.broadcast(Lanes.FLOATS, 4);
        FloatVector c5 = FloatVector.broadcast(Lanes.FLOATS, 5);
        FloatVector c6 = FloatVector.broadcast(Lanes.FLOATS, 6);
        FloatVector c7 = FloatVector.broadcast(Lanes.FLOATS, 7);
        FloatVector c8 = FloatVector.broadcast(Lanes.FLOATS, 8);
        FloatVector c9 = FloatVector.broadcast(Lanes.FLOATS, 9);
        FloatVector c10 = FloatVector.broadcast(Lanes.FLOATS, 10);
        FloatVector c11 = FloatVector.broadcast(Lanes.FLOATS, 11);
        for (int i = 0; i < rounds; i++) {
            c0 = c0.fma(x, y);
            c1 = c1.fma(x, y);
            c2 = c2.fma(x, y);
            c3 = c3.fma(x, y);
            c4 = c4.fma(x, y);
            c5 = c5.fma(x, y);
            c6 = c6.fma(x, y);
            c7 = c7.fma(x, y);
            c8 = c8.fma(x, y);
            c9 = c9.fma(x, y);
            c10 = c10.fma(x, y);
            c11 = c11.fma(x, y);
        }
        FloatVector low = c0.add(c1).add(c2.add(c3)).add(c4.add(c5));
        FloatVector high = c6.add(c7).add(c8.add(c9)).add(c10.add(c11));
        return low.add(high).lane(0);
    }
}
