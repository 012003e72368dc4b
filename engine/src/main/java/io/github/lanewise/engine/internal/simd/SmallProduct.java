package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products too small or too flat for blocks: few rows, few columns, or few sums.
 *
 * <p>Nothing is packed and nothing padded; the last columns take a mask, which costs less here than
 * a scratch tile would. Eight rows by one vector, or one row by eight vectors, are sums enough to
 * hide the latency of two FMA pipes. Element (i, p) of a is {@code a[aOffset + i * aRow + p *
 * aStep]}; row p of b begins at {@code b[bOffset + p * ldb]}.
 */
final class SmallProduct {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private SmallProduct() {}

    static void run(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            int ai = aOffset + i * aRow;
            int ci = cOffset + i * ldc;
            for (int j = 0; j < n; j += L) {
                rows8(k, a, ai, aRow, aStep, b, bOffset + j, ldb, c, ci + j, ldc, load, n - j);
            }
        }
        for (; i < m; i++) {
            int ai = aOffset + i * aRow;
            int ci = cOffset + i * ldc;
            int j = 0;
            for (; j + 8 * L <= n; j += 8 * L) {
                vectors8(k, a, ai, aStep, b, bOffset + j, ldb, c, ci + j, load);
            }
            for (; j < n; j += L) {
                vector1(k, a, ai, aStep, b, bOffset + j, ldb, c, ci + j, load, n - j);
            }
        }
    }

    private static void rows8(
            int k,
            float[] a,
            int a0,
            int aRow,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int c0,
            int ldc,
            boolean load,
            int width) {
        // Made here, since a mask that crosses a call is a new object.
        VectorMask<Float> lanes = S.indexInRange(0, width);
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int a6 = a5 + aRow;
        int a7 = a6 + aRow;
        int c1 = c0 + ldc;
        int c2 = c1 + ldc;
        int c3 = c2 + ldc;
        int c4 = c3 + ldc;
        int c5 = c4 + ldc;
        int c6 = c5 + ldc;
        int c7 = c6 + ldc;
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        if (load) {
            s0 = FloatVector.fromArray(S, c, c0, lanes);
            s1 = FloatVector.fromArray(S, c, c1, lanes);
            s2 = FloatVector.fromArray(S, c, c2, lanes);
            s3 = FloatVector.fromArray(S, c, c3, lanes);
            s4 = FloatVector.fromArray(S, c, c4, lanes);
            s5 = FloatVector.fromArray(S, c, c5, lanes);
            s6 = FloatVector.fromArray(S, c, c6, lanes);
            s7 = FloatVector.fromArray(S, c, c7, lanes);
        }
        for (int p = 0, ap = 0, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp, lanes);
            s0 = FloatVector.broadcast(S, a[a0 + ap]).fma(row, s0);
            s1 = FloatVector.broadcast(S, a[a1 + ap]).fma(row, s1);
            s2 = FloatVector.broadcast(S, a[a2 + ap]).fma(row, s2);
            s3 = FloatVector.broadcast(S, a[a3 + ap]).fma(row, s3);
            s4 = FloatVector.broadcast(S, a[a4 + ap]).fma(row, s4);
            s5 = FloatVector.broadcast(S, a[a5 + ap]).fma(row, s5);
            s6 = FloatVector.broadcast(S, a[a6 + ap]).fma(row, s6);
            s7 = FloatVector.broadcast(S, a[a7 + ap]).fma(row, s7);
        }
        s0.intoArray(c, c0, lanes);
        s1.intoArray(c, c1, lanes);
        s2.intoArray(c, c2, lanes);
        s3.intoArray(c, c3, lanes);
        s4.intoArray(c, c4, lanes);
        s5.intoArray(c, c5, lanes);
        s6.intoArray(c, c6, lanes);
        s7.intoArray(c, c7, lanes);
    }

    private static void vectors8(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int c0,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        if (load) {
            s0 = FloatVector.fromArray(S, c, c0);
            s1 = FloatVector.fromArray(S, c, c0 + L);
            s2 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s3 = FloatVector.fromArray(S, c, c0 + 3 * L);
            s4 = FloatVector.fromArray(S, c, c0 + 4 * L);
            s5 = FloatVector.fromArray(S, c, c0 + 5 * L);
            s6 = FloatVector.fromArray(S, c, c0 + 6 * L);
            s7 = FloatVector.fromArray(S, c, c0 + 7 * L);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector ai = FloatVector.broadcast(S, a[ap]);
            s0 = ai.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = ai.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = ai.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = ai.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
            s4 = ai.fma(FloatVector.fromArray(S, b, bp + 4 * L), s4);
            s5 = ai.fma(FloatVector.fromArray(S, b, bp + 5 * L), s5);
            s6 = ai.fma(FloatVector.fromArray(S, b, bp + 6 * L), s6);
            s7 = ai.fma(FloatVector.fromArray(S, b, bp + 7 * L), s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + L);
        s2.intoArray(c, c0 + 2 * L);
        s3.intoArray(c, c0 + 3 * L);
        s4.intoArray(c, c0 + 4 * L);
        s5.intoArray(c, c0 + 5 * L);
        s6.intoArray(c, c0 + 6 * L);
        s7.intoArray(c, c0 + 7 * L);
    }

    private static void vector1(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int c0,
            boolean load,
            int width) {
        // Made here, since a mask that crosses a call is a new object.
        VectorMask<Float> lanes = S.indexInRange(0, width);
        FloatVector sum = load ? FloatVector.fromArray(S, c, c0, lanes) : FloatVector.zero(S);
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            sum = FloatVector.broadcast(S, a[ap]).fma(FloatVector.fromArray(S, b, bp, lanes), sum);
        }
        sum.intoArray(c, c0, lanes);
    }
}
