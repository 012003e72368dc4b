package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.SimdMath.broadcast;

import jdk.incubator.vector.FloatVector;

/** Passes over one row of n elements: whole vectors, then the tail. */
final class SimdRow {

    private SimdRow() {}

    /** y = y + x. */
    static void add(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            load(y, yOffset + j).add(load(x, xOffset + j)).intoArray(y, yOffset + j);
        }
        if (j < n) {
            FloatVector tail = Tails.load(y, yOffset + j, n - j, 0f);
            Tails.store(tail.add(Tails.load(x, xOffset + j, n - j, 0f)), y, yOffset + j, n - j);
        }
    }

    /** Returns the row maximum; the order is free, so four vectors take turns. */
    static float max(float[] x, int offset, int n) {
        FloatVector m0 = broadcast(Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int j = 0;
        for (; j <= n - 4 * COUNT; j += 4 * COUNT) {
            m0 = Fold.larger(m0, load(x, offset + j));
            m1 = Fold.larger(m1, load(x, offset + j + COUNT));
            m2 = Fold.larger(m2, load(x, offset + j + 2 * COUNT));
            m3 = Fold.larger(m3, load(x, offset + j + 3 * COUNT));
        }
        for (; j <= n - COUNT; j += COUNT) {
            m0 = Fold.larger(m0, load(x, offset + j));
        }
        if (j < n) {
            m1 = Fold.larger(m1, Tails.load(x, offset + j, n - j, Float.NEGATIVE_INFINITY));
        }
        return Fold.max(Fold.larger(Fold.larger(m0, m1), Fold.larger(m2, m3)));
    }

    /** x = b * (a * x). */
    static void scale(float a, float b, float[] x, int offset, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            load(x, offset + j).mul(a).mul(b).intoArray(x, offset + j);
        }
        if (j < n) {
            FloatVector tail = Tails.load(x, offset + j, n - j, 0f);
            Tails.store(tail.mul(a).mul(b), x, offset + j, n - j);
        }
    }

    /** y = x - a - b. */
    static void subtract(float a, float b, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            load(x, xOffset + j).sub(a).sub(b).intoArray(y, yOffset + j);
        }
        if (j < n) {
            FloatVector tail = Tails.load(x, xOffset + j, n - j, 0f);
            Tails.store(tail.sub(a).sub(b), y, yOffset + j, n - j);
        }
    }

    /** dx = y * (dy - s). */
    static void softmaxGradient(
            float s,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int n) {
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector d = load(dy, dyOffset + j).sub(s);
            load(y, yOffset + j).mul(d).intoArray(dx, dxOffset + j);
        }
        if (j < n) {
            FloatVector d = Tails.load(dy, dyOffset + j, n - j, 0f).sub(s);
            FloatVector tail = Tails.load(y, yOffset + j, n - j, 0f);
            Tails.store(tail.mul(d), dx, dxOffset + j, n - j);
        }
    }

    /** dx = fma(-exp(y), s, dy). */
    static void logSoftmaxGradient(
            float s,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int n) {
        FloatVector sum = broadcast(s);
        int j = 0;
        for (; j <= n - COUNT; j += COUNT) {
            FloatVector e = SimdMath.exp(load(y, yOffset + j));
            e.neg().fma(sum, load(dy, dyOffset + j)).intoArray(dx, dxOffset + j);
        }
        if (j < n) {
            FloatVector e = SimdMath.exp(Tails.load(y, yOffset + j, n - j, 0f));
            FloatVector tail = Tails.load(dy, dyOffset + j, n - j, 0f);
            Tails.store(e.neg().fma(sum, tail), dx, dxOffset + j, n - j);
        }
    }

    private static FloatVector load(float[] x, int offset) {
        return FloatVector.fromArray(FLOATS, x, offset);
    }
}
