package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products too small or too flat for blocks: few rows, few columns, or few sums.
 *
 * <p>Eight rows by one vector, or one row by eight vectors, are sums enough to hide the latency of
 * two FMA pipes. Element (i, p) of a is {@code a[aOffset + i * aRow + p * aStep]}; row p of b
 * begins at {@code b[bOffset + p * ldb]} and holds a whole vector at least.
 *
 * <p>There are no masks: with many of them in a method C1 gives up and C2 never sees it, and one
 * that reaches over an array's end may become an object. The last vector of a row begins so early
 * that it ends with the row; it is computed in a scratch tile, and what it does again is dropped.
 */
final class SmallProduct {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Rows of a strip. */
    private static final int ROWS = 8;

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
            float[] tile,
            boolean load) {
        int i = 0;
        for (; i + ROWS <= m; i += ROWS) {
            int ai = aOffset + i * aRow;
            for (int j = 0; j < n; j += L) {
                int cj = cOffset + i * ldc + j;
                if (j + L <= n) {
                    rows8(k, a, ai, aRow, aStep, b, bOffset + j, ldb, c, cj, ldc, load);
                    continue;
                }
                int skip = lanesDoneBefore(j, n);
                if (load) {
                    copyIn(c, cj, ldc, tile, skip, ROWS, Math.min(L, n - j));
                }
                rows8(k, a, ai, aRow, aStep, b, bOffset + j - skip, ldb, tile, 0, L, load);
                copyOut(tile, skip, c, cj, ldc, ROWS, Math.min(L, n - j));
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
                int skip = lanesDoneBefore(j, n);
                if (load) {
                    copyIn(c, ci + j, ldc, tile, skip, 1, Math.min(L, n - j));
                }
                vector1(k, a, ai, aStep, b, bOffset + j - skip, ldb, tile, load);
                copyOut(tile, skip, c, ci + j, ldc, 1, Math.min(L, n - j));
            }
        }
    }

    /** Returns how far before column j the vector that ends with the row must begin, if at all. */
    private static int lanesDoneBefore(int j, int n) {
        return j == 0 ? 0 : Math.max(0, j + L - n);
    }

    private static void copyIn(
            float[] c, int cj, int ldc, float[] tile, int skip, int rows, int width) {
        for (int r = 0; r < rows; r++) {
            for (int q = 0; q < width; q++) {
                tile[r * L + skip + q] = c[cj + r * ldc + q];
            }
        }
    }

    private static void copyOut(
            float[] tile, int skip, float[] c, int cj, int ldc, int rows, int width) {
        for (int r = 0; r < rows; r++) {
            for (int q = 0; q < width; q++) {
                c[cj + r * ldc + q] = tile[r * L + skip + q];
            }
        }
    }

    /** Computes eight rows of one vector, {@code ldc} apart; from their values if {@code load}. */
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
            boolean load) {
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
            s0 = FloatVector.fromArray(S, c, c0);
            s1 = FloatVector.fromArray(S, c, c1);
            s2 = FloatVector.fromArray(S, c, c2);
            s3 = FloatVector.fromArray(S, c, c3);
            s4 = FloatVector.fromArray(S, c, c4);
            s5 = FloatVector.fromArray(S, c, c5);
            s6 = FloatVector.fromArray(S, c, c6);
            s7 = FloatVector.fromArray(S, c, c7);
        }
        for (int p = 0, ap = 0, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp);
            s0 = FloatVector.broadcast(S, a[a0 + ap]).fma(row, s0);
            s1 = FloatVector.broadcast(S, a[a1 + ap]).fma(row, s1);
            s2 = FloatVector.broadcast(S, a[a2 + ap]).fma(row, s2);
            s3 = FloatVector.broadcast(S, a[a3 + ap]).fma(row, s3);
            s4 = FloatVector.broadcast(S, a[a4 + ap]).fma(row, s4);
            s5 = FloatVector.broadcast(S, a[a5 + ap]).fma(row, s5);
            s6 = FloatVector.broadcast(S, a[a6 + ap]).fma(row, s6);
            s7 = FloatVector.broadcast(S, a[a7 + ap]).fma(row, s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
        s6.intoArray(c, c6);
        s7.intoArray(c, c7);
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
            float[] tile,
            boolean load) {
        FloatVector sum = FloatVector.zero(S);
        if (load) {
            sum = FloatVector.fromArray(S, tile, 0);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            sum = FloatVector.broadcast(S, a[ap]).fma(FloatVector.fromArray(S, b, bp), sum);
        }
        sum.intoArray(tile, 0);
    }
}
