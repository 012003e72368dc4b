package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of small products: strips of c whose sums stay in vector registers while p runs.
 *
 * <p>Row p of b begins at {@code b[bOffset + p * ldb]} and is read where it lies. A strip of c is
 * read only if {@code load}, and written whole. C2 takes the checks of an index out of a loop only
 * if the index grows by a constant, and merges those of neighbours: hence a strip for each way in
 * which a lies.
 */
final class Strips {

    /** Rows of a strip that is a vector wide. */
    static final int ROWS = 8;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private Strips() {}

    /** Eight rows of one vector; element (i, p) of a is {@code a[aOffset + i * aRow + p]}. */
    static void rows(
            int k,
            float[] a,
            int aOffset,
            int aRow,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            int ldc,
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
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + ldc);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
        }
        int a0 = aOffset;
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int a4 = a3 + aRow;
        int a5 = a4 + aRow;
        int a6 = a5 + aRow;
        int a7 = a6 + aRow;
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp);
            s0 = FloatVector.broadcast(S, a[a0 + p]).fma(row, s0);
            s1 = FloatVector.broadcast(S, a[a1 + p]).fma(row, s1);
            s2 = FloatVector.broadcast(S, a[a2 + p]).fma(row, s2);
            s3 = FloatVector.broadcast(S, a[a3 + p]).fma(row, s3);
            s4 = FloatVector.broadcast(S, a[a4 + p]).fma(row, s4);
            s5 = FloatVector.broadcast(S, a[a5 + p]).fma(row, s5);
            s6 = FloatVector.broadcast(S, a[a6 + p]).fma(row, s6);
            s7 = FloatVector.broadcast(S, a[a7 + p]).fma(row, s7);
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + ldc);
        s2.intoArray(c, cOffset + 2 * ldc);
        s3.intoArray(c, cOffset + 3 * ldc);
        s4.intoArray(c, cOffset + 4 * ldc);
        s5.intoArray(c, cOffset + 5 * ldc);
        s6.intoArray(c, cOffset + 6 * ldc);
        s7.intoArray(c, cOffset + 7 * ldc);
    }

    /** Eight rows of one vector; element (i, p) of a is {@code a[aOffset + i + p * aStep]}. */
    static void columns(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            int ldc,
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
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + ldc);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
        }
        for (int p = 0, ap = aOffset, bp = bOffset; p < k; p++, ap += aStep, bp += ldb) {
            FloatVector row = FloatVector.fromArray(S, b, bp);
            s0 = FloatVector.broadcast(S, a[ap]).fma(row, s0);
            s1 = FloatVector.broadcast(S, a[ap + 1]).fma(row, s1);
            s2 = FloatVector.broadcast(S, a[ap + 2]).fma(row, s2);
            s3 = FloatVector.broadcast(S, a[ap + 3]).fma(row, s3);
            s4 = FloatVector.broadcast(S, a[ap + 4]).fma(row, s4);
            s5 = FloatVector.broadcast(S, a[ap + 5]).fma(row, s5);
            s6 = FloatVector.broadcast(S, a[ap + 6]).fma(row, s6);
            s7 = FloatVector.broadcast(S, a[ap + 7]).fma(row, s7);
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + ldc);
        s2.intoArray(c, cOffset + 2 * ldc);
        s3.intoArray(c, cOffset + 3 * ldc);
        s4.intoArray(c, cOffset + 4 * ldc);
        s5.intoArray(c, cOffset + 5 * ldc);
        s6.intoArray(c, cOffset + 6 * ldc);
        s7.intoArray(c, cOffset + 7 * ldc);
    }

    /** One row of sixteen vectors; element p of a is {@code a[aOffset + p]}. */
    static void sixteen(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        FloatVector s10 = s0;
        FloatVector s11 = s0;
        FloatVector s12 = s0;
        FloatVector s13 = s0;
        FloatVector s14 = s0;
        FloatVector s15 = s0;
        if (load) {
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * L);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * L);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * L);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * L);
            s8 = FloatVector.fromArray(S, c, cOffset + 8 * L);
            s9 = FloatVector.fromArray(S, c, cOffset + 9 * L);
            s10 = FloatVector.fromArray(S, c, cOffset + 10 * L);
            s11 = FloatVector.fromArray(S, c, cOffset + 11 * L);
            s12 = FloatVector.fromArray(S, c, cOffset + 12 * L);
            s13 = FloatVector.fromArray(S, c, cOffset + 13 * L);
            s14 = FloatVector.fromArray(S, c, cOffset + 14 * L);
            s15 = FloatVector.fromArray(S, c, cOffset + 15 * L);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FloatVector.broadcast(S, a[aOffset + p]);
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(S, b, bp + 4 * L), s4);
            s5 = factor.fma(FloatVector.fromArray(S, b, bp + 5 * L), s5);
            s6 = factor.fma(FloatVector.fromArray(S, b, bp + 6 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(S, b, bp + 7 * L), s7);
            s8 = factor.fma(FloatVector.fromArray(S, b, bp + 8 * L), s8);
            s9 = factor.fma(FloatVector.fromArray(S, b, bp + 9 * L), s9);
            s10 = factor.fma(FloatVector.fromArray(S, b, bp + 10 * L), s10);
            s11 = factor.fma(FloatVector.fromArray(S, b, bp + 11 * L), s11);
            s12 = factor.fma(FloatVector.fromArray(S, b, bp + 12 * L), s12);
            s13 = factor.fma(FloatVector.fromArray(S, b, bp + 13 * L), s13);
            s14 = factor.fma(FloatVector.fromArray(S, b, bp + 14 * L), s14);
            s15 = factor.fma(FloatVector.fromArray(S, b, bp + 15 * L), s15);
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
        s2.intoArray(c, cOffset + 2 * L);
        s3.intoArray(c, cOffset + 3 * L);
        s4.intoArray(c, cOffset + 4 * L);
        s5.intoArray(c, cOffset + 5 * L);
        s6.intoArray(c, cOffset + 6 * L);
        s7.intoArray(c, cOffset + 7 * L);
        s8.intoArray(c, cOffset + 8 * L);
        s9.intoArray(c, cOffset + 9 * L);
        s10.intoArray(c, cOffset + 10 * L);
        s11.intoArray(c, cOffset + 11 * L);
        s12.intoArray(c, cOffset + 12 * L);
        s13.intoArray(c, cOffset + 13 * L);
        s14.intoArray(c, cOffset + 14 * L);
        s15.intoArray(c, cOffset + 15 * L);
    }

    /** One row of eight vectors. */
    static void eight(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
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
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
            s4 = FloatVector.fromArray(S, c, cOffset + 4 * L);
            s5 = FloatVector.fromArray(S, c, cOffset + 5 * L);
            s6 = FloatVector.fromArray(S, c, cOffset + 6 * L);
            s7 = FloatVector.fromArray(S, c, cOffset + 7 * L);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FloatVector.broadcast(S, a[aOffset + p]);
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
            s4 = factor.fma(FloatVector.fromArray(S, b, bp + 4 * L), s4);
            s5 = factor.fma(FloatVector.fromArray(S, b, bp + 5 * L), s5);
            s6 = factor.fma(FloatVector.fromArray(S, b, bp + 6 * L), s6);
            s7 = factor.fma(FloatVector.fromArray(S, b, bp + 7 * L), s7);
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
        s2.intoArray(c, cOffset + 2 * L);
        s3.intoArray(c, cOffset + 3 * L);
        s4.intoArray(c, cOffset + 4 * L);
        s5.intoArray(c, cOffset + 5 * L);
        s6.intoArray(c, cOffset + 6 * L);
        s7.intoArray(c, cOffset + 7 * L);
    }

    /** One row of four vectors. */
    static void four(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        if (load) {
            s0 = FloatVector.fromArray(S, c, cOffset);
            s1 = FloatVector.fromArray(S, c, cOffset + L);
            s2 = FloatVector.fromArray(S, c, cOffset + 2 * L);
            s3 = FloatVector.fromArray(S, c, cOffset + 3 * L);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FloatVector.broadcast(S, a[aOffset + p]);
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
            s1 = factor.fma(FloatVector.fromArray(S, b, bp + L), s1);
            s2 = factor.fma(FloatVector.fromArray(S, b, bp + 2 * L), s2);
            s3 = factor.fma(FloatVector.fromArray(S, b, bp + 3 * L), s3);
        }
        s0.intoArray(c, cOffset);
        s1.intoArray(c, cOffset + L);
        s2.intoArray(c, cOffset + 2 * L);
        s3.intoArray(c, cOffset + 3 * L);
    }

    /** One row of one vector. */
    static void one(
            int k,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int ldb,
            float[] c,
            int cOffset,
            boolean load) {
        FloatVector s0 = FloatVector.zero(S);
        if (load) {
            s0 = FloatVector.fromArray(S, c, cOffset);
        }
        for (int p = 0, bp = bOffset; p < k; p++, bp += ldb) {
            FloatVector factor = FloatVector.broadcast(S, a[aOffset + p]);
            s0 = factor.fma(FloatVector.fromArray(S, b, bp), s0);
        }
        s0.intoArray(c, cOffset);
    }
}
