package io.github.lanewise.engine.internal.plain;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.Arrays;

/**
 * A product in loops over plain arrays that C2 turns into vectors by itself.
 *
 * <p>C2 does so only where it sees that no store can reach another element's operands: if all
 * arrays of a loop are read and written at the very same index. So rows of b are copied, eight at a
 * time, to arrays of their own, and a row of c for as long as they are added to it. The copies
 * serve every row of a, and a sum stays in its register for eight steps.
 */
final class PanelProduct {

    /** Columns at a time: eight rows of b and one of c take 18 KiB of L1. */
    private static final int WIDTH = 512;

    private static final int DEPTH = 8;

    private final float[][] panel = new float[DEPTH][WIDTH];
    private final float[] sums = new float[WIDTH];

    private Matrix a;
    private Matrix b;
    private Matrix c;
    private Transpose transpose;

    /** Computes a rectangle of the product; all operands are as for gemm. */
    void run(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        this.transpose = transpose;
        this.a = a;
        this.b = b;
        this.c = c;
        for (int j = fromCol; j < toCol; j += WIDTH) {
            int n = Math.min(WIDTH, toCol - j);
            if (beta == 0) {
                clear(fromRow, toRow, j, n);
            }
            block(fromRow, toRow, j, n);
        }
        this.a = null;
        this.b = null;
        this.c = null;
    }

    private void clear(int fromRow, int toRow, int j, int n) {
        for (int i = fromRow; i < toRow; i++) {
            int at = c.offset() + i * c.ld() + j;
            Arrays.fill(c.data(), at, at + n, 0f);
        }
    }

    private void block(int fromRow, int toRow, int j, int n) {
        int k = transpose.depth(a);
        int p = 0;
        for (; p <= k - DEPTH; p += DEPTH) {
            for (int q = 0; q < DEPTH; q++) {
                copyRow(p + q, j, n, panel[q]);
            }
            for (int i = fromRow; i < toRow; i++) {
                addRows(i, p, DEPTH, j, n);
            }
        }
        for (; p < k; p++) {
            copyRow(p, j, n, panel[0]);
            for (int i = fromRow; i < toRow; i++) {
                addRows(i, p, 1, j, n);
            }
        }
    }

    /** Copies n elements of row p of b, or of its transpose. */
    private void copyRow(int p, int j, int n, float[] row) {
        float[] from = b.data();
        if (!transpose.b()) {
            System.arraycopy(from, b.offset() + p * b.ld() + j, row, 0, n);
            return;
        }
        int at = b.offset() + j * b.ld() + p;
        for (int x = 0; x < n; x++, at += b.ld()) {
            row[x] = from[at];
        }
    }

    /** Adds one row of b, or eight, to row i of c, each times its element of a. */
    private void addRows(int i, int p, int depth, int j, int n) {
        int cAt = c.offset() + i * c.ld() + j;
        System.arraycopy(c.data(), cAt, sums, 0, n);
        int step = transpose.a() ? a.ld() : 1;
        int aAt = a.offset() + (transpose.a() ? p * step + i : i * a.ld() + p);
        if (depth == DEPTH) {
            addEight(a.data(), aAt, step, panel, sums, n);
        } else {
            addOne(a.data()[aAt], panel[0], sums, n);
        }
        System.arraycopy(sums, 0, c.data(), cAt, n);
    }

    private static void addOne(float factor, float[] row, float[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(factor, row[j], sums[j]);
        }
    }

    private static void addEight(
            float[] a, int at, int step, float[][] panel, float[] sums, int n) {
        float a0 = a[at];
        float a1 = a[at + step];
        float a2 = a[at + 2 * step];
        float a3 = a[at + 3 * step];
        float a4 = a[at + 4 * step];
        float a5 = a[at + 5 * step];
        float a6 = a[at + 6 * step];
        float a7 = a[at + 7 * step];
        float[] b0 = panel[0];
        float[] b1 = panel[1];
        float[] b2 = panel[2];
        float[] b3 = panel[3];
        float[] b4 = panel[4];
        float[] b5 = panel[5];
        float[] b6 = panel[6];
        float[] b7 = panel[7];
        for (int j = 0; j < n; j++) {
            float half = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]));
            half = Math.fma(a3, b3[j], Math.fma(a2, b2[j], half));
            float sum = Math.fma(a5, b5[j], Math.fma(a4, b4[j], half));
            sums[j] = Math.fma(a7, b7[j], Math.fma(a6, b6[j], sum));
        }
    }
}
