package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products too small or too flat for blocks: few rows, few columns, or few sums.
 *
 * <p>Nothing is packed and nothing padded; the last columns take a mask, which costs less here than
 * a scratch tile would. Four rows by one vector, or one row by four vectors, keep four sums in
 * flight. Element (i, p) of a is {@code a[aOffset + i * aRow + p * aStep]}; row p of b begins at
 * {@code b[bOffset + p * ldb]}.
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
        for (; i + 4 <= m; i += 4) {
            int ai = aOffset + i * aRow;
            int ci = cOffset + i * ldc;
            for (int j = 0; j < n; j += L) {
                rows4(k, a, ai, aRow, aStep, b, bOffset + j, ldb, c, ci + j, ldc, load, n - j);
            }
        }
        for (; i < m; i++) {
            int ai = aOffset + i * aRow;
            int ci = cOffset + i * ldc;
            int j = 0;
            for (; j + 4 * L <= n; j += 4 * L) {
                vectors4(k, a, ai, aStep, b, bOffset + j, ldb, c, ci + j, load);
            }
            for (; j < n; j += L) {
                vector1(k, a, ai, aStep, b, bOffset + j, ldb, c, ci + j, load, n - j);
            }
        }
    }

    private static void rows4(
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
        int c1 = c0 + ldc;
        int c2 = c1 + ldc;
        int c3 = c2 + ldc;
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        if (load) {
            s0 = FloatVector.fromArray(S, c, c0, lanes);
            s1 = FloatVector.fromArray(S, c, c1, lanes);
            s2 = FloatVector.fromArray(S, c, c2, lanes);
            s3 = FloatVector.fromArray(S, c, c3, lanes);
        }
        for (int p = 0, ap = 0, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp, lanes);
            s0 = FloatVector.broadcast(S, a[a0 + ap]).fma(row, s0);
            s1 = FloatVector.broadcast(S, a[a1 + ap]).fma(row, s1);
            s2 = FloatVector.broadcast(S, a[a2 + ap]).fma(row, s2);
            s3 = FloatVector.broadcast(S, a[a3 + ap]).fma(row, s3);
        }
        s0.intoArray(c, c0, lanes);
        s1.intoArray(c, c1, lanes);
        s2.intoArray(c, c2, lanes);
        s3.intoArray(c, c3, lanes);
    }

    private static void vectors4(
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
        if (load) {
            s0 = FloatVector.fromArray(S, c, c0);
            s1 = FloatVector.fromArray(S, c, c0 + L);
            s2 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s3 = FloatVector.fromArray(S, c, c0 + 3 * L);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector ai = FloatVector.broadcast(S, a[ap]);
            s0 = ai.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = ai.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = ai.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = ai.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + L);
        s2.intoArray(c, c0 + 2 * L);
        s3.intoArray(c, c0 + 3 * L);
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
