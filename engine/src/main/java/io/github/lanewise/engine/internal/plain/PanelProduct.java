package io.github.lanewise.engine.internal.plain;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.Fma;

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

    /** A result with fewer columns is computed as its transpose, whose rows are worth a loop. */
    private static final int NARROW = 32;

    private final float[][] panel = new float[DEPTH][WIDTH];
    private final float[] sums = new float[WIDTH];
    private float[] turned = new float[0];

    private float[] a;
    private int aOffset;
    private int aRow;
    private int aStep;
    private float[] b;
    private int bOffset;
    private int bStep;
    private int bCol;
    private int k;

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
        k = transpose.depth(a);
        int aRow = transpose.a() ? 1 : a.ld();
        int aStep = transpose.a() ? a.ld() : 1;
        int bStep = transpose.b() ? 1 : b.ld();
        int bCol = transpose.b() ? b.ld() : 1;
        int aOffset = a.offset() + fromRow * aRow;
        int bOffset = b.offset() + fromCol * bCol;
        int cOffset = c.offset() + fromRow * c.ld() + fromCol;
        int m = toRow - fromRow;
        int n = toCol - fromCol;
        if (n < NARROW && n < m) {
            left(b.data(), bOffset, bCol, bStep);
            right(a.data(), aOffset, aStep, aRow);
            multiplyTurned(m, n, beta, c.data(), cOffset, c.ld());
        } else {
            left(a.data(), aOffset, aRow, aStep);
            right(b.data(), bOffset, bStep, bCol);
            multiply(m, n, beta, c.data(), cOffset, c.ld());
        }
        this.a = null;
        this.b = null;
    }

    /** Sets the left operand: element (i, p) is {@code a[offset + i * row + p * step]}. */
    private void left(float[] a, int offset, int row, int step) {
        this.a = a;
        aOffset = offset;
        aRow = row;
        aStep = step;
    }

    /** Sets the right operand: element (p, j) is {@code b[offset + p * step + j * col]}. */
    private void right(float[] b, int offset, int step, int col) {
        this.b = b;
        bOffset = offset;
        bStep = step;
        bCol = col;
    }

    /** Computes c<sup>T</sup>, n x m, from the transposed operands that were set. */
    private void multiplyTurned(int m, int n, float beta, float[] c, int at, int ldc) {
        if (turned.length < n * m) {
            turned = new float[n * m];
        }
        if (beta != 0) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < m; i++) {
                    turned[j * m + i] = c[at + i * ldc + j];
                }
            }
        }
        multiply(n, m, beta, turned, 0, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                c[at + i * ldc + j] = turned[j * m + i];
            }
        }
    }

    private void multiply(int m, int n, float beta, float[] c, int at, int ldc) {
        for (int j = 0; j < n; j += WIDTH) {
            int width = Math.min(WIDTH, n - j);
            if (beta == 0) {
                for (int i = 0; i < m; i++) {
                    Arrays.fill(c, at + i * ldc + j, at + i * ldc + j + width, 0f);
                }
            }
            block(m, j, width, c, at + j, ldc);
        }
    }

    private void block(int m, int j, int n, float[] c, int at, int ldc) {
        int p = 0;
        for (; p <= k - DEPTH; p += DEPTH) {
            for (int q = 0; q < DEPTH; q++) {
                copyRow(p + q, j, n, panel[q]);
            }
            for (int i = 0; i < m; i++) {
                addRows(i, p, DEPTH, n, c, at + i * ldc);
            }
        }
        for (; p < k; p++) {
            copyRow(p, j, n, panel[0]);
            for (int i = 0; i < m; i++) {
                addRows(i, p, 1, n, c, at + i * ldc);
            }
        }
    }

    /** Copies n elements of row p of the right operand, from column j on. */
    private void copyRow(int p, int j, int n, float[] row) {
        int from = bOffset + p * bStep + j * bCol;
        if (bCol == 1) {
            System.arraycopy(b, from, row, 0, n);
            return;
        }
        for (int x = 0; x < n; x++, from += bCol) {
            row[x] = b[from];
        }
    }

    /** Adds one row of b, or eight, to row i of c, each times its element of a. */
    private void addRows(int i, int p, int depth, int n, float[] c, int at) {
        System.arraycopy(c, at, sums, 0, n);
        int from = aOffset + i * aRow + p * aStep;
        if (depth == DEPTH) {
            addEight(a, from, aStep, panel, sums, n);
        } else {
            addOne(a[from], panel[0], sums, n);
        }
        System.arraycopy(sums, 0, c, at, n);
    }

    private static void addOne(float factor, float[] row, float[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Fma.fma(factor, row[j], sums[j]);
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
            float half = Fma.fma(a1, b1[j], Fma.fma(a0, b0[j], sums[j]));
            half = Fma.fma(a3, b3[j], Fma.fma(a2, b2[j], half));
            float sum = Fma.fma(a5, b5[j], Fma.fma(a4, b4[j], half));
            sums[j] = Fma.fma(a7, b7[j], Fma.fma(a6, b6[j], sum));
        }
    }
}
