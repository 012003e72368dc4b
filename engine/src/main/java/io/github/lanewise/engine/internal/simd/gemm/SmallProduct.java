package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * Products too small or too flat for blocks: few rows, few columns, or few sums.
 *
 * <p>c is covered with {@link SmallTile} or, where rows are few, {@link RowTile}. Element (i, p) of
 * a is {@code a[aOffset + i * aRow + p * aStep]}, one of the two being 1; row p of b begins at
 * {@code b[bOffset + p * ldb]} and holds a whole vector at least, even if n is less.
 *
 * <p>There are no masks: with many of them in a method C1 gives up and C2 never sees it. The last
 * tile of a row or column begins so early that it ends with c, and computes some elements again, to
 * the same bits. Where c is narrower than a vector, or would be added to twice, it is computed in a
 * scratch tile and only what is new is copied.
 */
final class SmallProduct {

    private static final int L = Lanes.COUNT;

    private static final int ROWS = SmallTile.ROWS;

    private final float[] tile = new float[ROWS * L];
    private float[] gathered = new float[0];

    /** Four vectors; neither final nor static, since C2 must not know it ({@link RowTile}). */
    private int four = 4 * L;

    private int m;
    private int n;
    private int k;
    private float[] a;
    private int aOffset;
    private int aRow;
    private int aStep;
    private float[] b;
    private int bOffset;
    private int ldb;
    private float[] c;
    private int cOffset;
    private int ldc;
    private boolean load;

    /** Sets the left operand. */
    void left(float[] a, int offset, int row, int step) {
        this.a = a;
        aOffset = offset;
        aRow = row;
        aStep = step;
    }

    /** Sets the right operand. */
    void right(float[] b, int offset, int ldb) {
        this.b = b;
        bOffset = offset;
        this.ldb = ldb;
    }

    /** Multiplies the operands that were set into c, adding if {@code load}; lets go of them. */
    void run(int m, int n, int k, float[] c, int offset, int ldc, boolean load) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.c = c;
        cOffset = offset;
        this.ldc = ldc;
        this.load = load;
        if (m >= ROWS) {
            for (int i = 0; i < m; i += ROWS) {
                rows(i, Math.min(i, m - ROWS));
            }
        } else {
            for (int i = 0; i < m; i++) {
                row(i);
            }
        }
        a = null;
        b = null;
        this.c = null;
    }

    /** Computes rows [first, first + ROWS), of which those before i are there already. */
    private void rows(int i, int first) {
        for (int j = 0; j < n; j += L) {
            int left = Math.clamp(n - L, 0, j);
            if (staysInside(first) && (!load || left == j && first == i)) {
                computeTile(first, left, c, cOffset + first * ldc + left, ldc);
                continue;
            }
            int skip = (i - first) * L + j - left;
            int rows = ROWS - i + first;
            int width = Math.min(L, n - j);
            if (load) {
                copy(rows, width, c, cOffset + i * ldc + j, ldc, tile, skip, L);
            }
            computeTile(first, left, tile, 0, L);
            copy(rows, width, tile, skip, L, c, cOffset + i * ldc + j, ldc);
        }
    }

    /**
     * Returns whether a tile may be stored as it is: its rows are no wider than c's, or what they
     * have too much lies in c's next rows, which are computed later.
     */
    private boolean staysInside(int first) {
        return n >= L || !load && ldc == n && (m - first - ROWS) * n >= L - n;
    }

    private void computeTile(int i, int j, float[] to, int at, int ld) {
        if (aStep == 1) {
            SmallTile.rows(k, a, aOffset + i * aRow, aRow, b, bOffset + j, ldb, to, at, ld, load);
        } else {
            SmallTile.columns(k, a, aOffset + i, aStep, b, bOffset + j, ldb, to, at, ld, load);
        }
    }

    /** Computes a row, in tiles as wide as there is room for. */
    private void row(int i) {
        float[] factors = a;
        int at = aOffset + i * aRow;
        if (aStep != 1) {
            factors = gather(at);
            at = 0;
        }
        int ci = cOffset + i * ldc;
        int j = 0;
        for (; Lanes.REGISTERS >= 32 && j + 16 * L <= n; j += 16 * L) {
            RowTile.sixteen(k, factors, at, b, bOffset + j, ldb, four, c, ci + j, load);
        }
        for (; j + 8 * L <= n; j += 8 * L) {
            RowTile.eight(k, factors, at, b, bOffset + j, ldb, four, c, ci + j, load);
        }
        for (; j + 4 * L <= n; j += 4 * L) {
            RowTile.four(k, factors, at, b, bOffset + j, ldb, c, ci + j, load);
        }
        if (j < n && !load && n >= 4 * L) {
            j = n - 4 * L;
            RowTile.four(k, factors, at, b, bOffset + j, ldb, c, ci + j, false);
            return;
        }
        for (; j < n; j += L) {
            int left = Math.clamp(n - L, 0, j);
            int width = Math.min(L, n - j);
            if (load) {
                copy(1, width, c, ci + j, ldc, tile, j - left, L);
            }
            RowTile.one(k, factors, at, b, bOffset + left, ldb, tile, 0, load);
            copy(1, width, tile, j - left, L, c, ci + j, ldc);
        }
    }

    /** Returns a row of a<sup>T</sup> side by side. */
    private float[] gather(int from) {
        if (gathered.length < k) {
            gathered = new float[k];
        }
        for (int p = 0; p < k; p++) {
            gathered[p] = a[from + p * aStep];
        }
        return gathered;
    }

    private static void copy(
            int rows, int width, float[] x, int from, int ldx, float[] y, int to, int ldy) {
        for (int r = 0; r < rows; r++) {
            for (int q = 0; q < width; q++) {
                y[to + r * ldy + q] = x[from + r * ldx + q];
            }
        }
    }
}
