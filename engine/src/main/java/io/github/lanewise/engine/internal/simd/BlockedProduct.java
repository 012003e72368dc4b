package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.Arrays;

/**
 * One product's loops round the {@link MicroKernel}, and the buffers that a thread uses again for
 * every product. engine/DESIGN.md draws the loops.
 *
 * <p>The rectangle of c is computed block by block. Over each block of kc sums, b is cut into
 * micropanels of NR columns, packed so that the tile reads them side by side; a is read where it
 * lies. A tile that sticks out of c is computed in a scratch tile, so that the inner loop has no
 * edges.
 */
final class BlockedProduct {

    /**
     * Sums in a block: a micropanel of b (kc x NR floats, 32 KiB at 512 bits) stays in the L1 cache
     * while the rows of a go by.
     */
    static final int KC = 256;

    /**
     * Sums in a block when the rows of c are but one block: then few tiles share a micropanel, and
     * fewer trips of c to memory and back are worth more than a micropanel in L1.
     */
    static final int KC_FLAT = 1024;

    /** Rows in a block: mc x kc floats of a (256 KiB) stay in the L2 cache while panels go by. */
    static final int MC = 256;

    /** Columns in a block: kc x nc floats of packed b (1 MiB) stay in the L2 or L3 cache. */
    static final int NC = 1024;

    /** Products of at most so many multiply-adds run without packing. */
    static final int SMALL = 8 * 1024;

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private final float[] scratch = new float[MR * NR];
    private final TransposedPanel transposed = new TransposedPanel();
    private float[] packed = new float[0];

    private int m;
    private int n;
    private int k;
    private float[] a;
    private int aOffset;
    private int aRow;
    private int aStep;
    private float[] b;
    private int bOffset;
    private int bStep;
    private int bCol;
    private float[] c;
    private int cOffset;
    private int ldc;

    /** Computes rows [i, i + m) and columns [j, j + n) of c = op(a) op(b) + beta c. */
    void run(
            Transpose transpose,
            Matrix a,
            Matrix b,
            boolean add,
            Matrix c,
            int i,
            int j,
            int m,
            int n) {
        int aRow = transpose.a() ? 1 : a.ld();
        int bCol = transpose.b() ? b.ld() : 1;
        left(a.data(), a.offset() + i * aRow, aRow, transpose.a() ? a.ld() : 1);
        right(b.data(), b.offset() + j * bCol, transpose.b() ? 1 : b.ld(), bCol);
        run(m, n, transpose.depth(a), add, c.data(), c.offset() + i * c.ld() + j, c.ld());
    }

    /** Sets the left operand: element (i, p) is {@code a[offset + i * row + p * step]}. */
    void left(float[] a, int offset, int row, int step) {
        this.a = a;
        aOffset = offset;
        aRow = row;
        aStep = step;
    }

    /**
     * Sets the right operand: element (p, j) is {@code b[offset + p * step + j * col]}, where step
     * or col is 1.
     */
    void right(float[] b, int offset, int step, int col) {
        this.b = b;
        bOffset = offset;
        bStep = step;
        bCol = col;
    }

    /** Multiplies the operands that were set into m x n elements of c, and lets go of them. */
    void run(int m, int n, int k, boolean add, float[] c, int offset, int ldc) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.c = c;
        cOffset = offset;
        this.ldc = ldc;
        if (m < MR || n <= Lanes.COUNT || (long) m * n * k <= SMALL) {
            small(add);
        } else {
            blocks(add);
        }
        this.a = null;
        this.b = null;
        this.c = null;
    }

    private void small(boolean add) {
        int at = bOffset;
        int ldb = bStep;
        float[] rows = b;
        if (bCol != 1 || n < Lanes.COUNT) {
            ldb = Math.max(n, Lanes.COUNT);
            reserve(k * ldb);
            packRows(ldb);
            rows = packed;
            at = 0;
        }
        SmallProduct.run(
                m, n, k, a, aOffset, aRow, aStep, rows, at, ldb, c, cOffset, ldc, scratch, add);
    }

    /** Copies b row by row, so that each row holds a whole vector at least. */
    private void packRows(int length) {
        Arrays.fill(packed, 0, k * length, 0f);
        for (int p = 0; p < k; p++) {
            int row = bOffset + p * bStep;
            for (int j = 0; j < n; j++) {
                packed[p * length + j] = b[row + j * bCol];
            }
        }
    }

    private void blocks(boolean add) {
        // Blocks of equal depth: a last block of a few sums would cost as much traffic in c as a
        // whole one.
        int depth = Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, m <= MC ? KC_FLAT : KC)));
        for (int jc = 0; jc < n; jc += NC) {
            for (int pc = 0; pc < k; pc += depth) {
                block(jc, Math.min(NC, n - jc), pc, Math.min(depth, k - pc), add || pc > 0);
            }
        }
        if (k == 0 && !add) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(c, cOffset + i * ldc, cOffset + i * ldc + n, 0f);
            }
        }
    }

    private void reserve(int floats) {
        if (packed.length < floats) {
            packed = new float[floats];
        }
    }

    private void block(int jc, int nc, int pc, int kc, boolean load) {
        // With one block of rows each micropanel is used up at once, and the next may take its
        // place.
        int panel = m <= MC ? 0 : kc * NR;
        reserve(m <= MC ? kc * NR : Math.ceilDiv(nc, NR) * panel);
        for (int ic = 0; ic < m; ic += MC) {
            int mc = Math.min(MC, m - ic);
            for (int jr = 0; jr < nc; jr += NR) {
                int j = jc + jr;
                int nr = Math.min(NR, n - j);
                int at = jr / NR * panel;
                int done = ic == 0 ? packPanel(j, nr, pc, kc, at, load) : 0;
                column(ic, done, mc, j, nr, pc, kc, at, load);
            }
        }
    }

    /** Packs a micropanel of b; returns how many rows of c were computed on the way. */
    private int packPanel(int j, int nr, int pc, int kc, int at, boolean load) {
        int from = bOffset + pc * bStep + j * bCol;
        if (bCol == 1 && nr == NR) {
            int aTile = aOffset + pc * aStep;
            int cTile = cOffset + j;
            MicroKernel.packTile8x2(
                    kc, a, aTile, aRow, aStep, b, from, bStep, c, cTile, ldc, packed, at, load);
            return MR;
        }
        if (bCol != 1) {
            transposed.pack(b, from, bCol, kc, nr, packed, at);
            return 0;
        }
        for (int p = 0; p < kc; p++) {
            System.arraycopy(b, from + p * bStep, packed, at + p * NR, nr);
            Arrays.fill(packed, at + p * NR + nr, at + (p + 1) * NR, 0f);
        }
        return 0;
    }

    /** Computes the tiles of one micropanel, from row {@code ir} of the block down. */
    private void column(
            int ic, int ir, int mc, int j, int nr, int pc, int kc, int at, boolean load) {
        int i = ic + ir;
        int end = ic + mc;
        for (; nr == NR && i + MR <= end; i += MR) {
            int aTile = aOffset + i * aRow + pc * aStep;
            int cTile = cOffset + i * ldc + j;
            MicroKernel.tile8x2(kc, a, aTile, aRow, aStep, packed, at, NR, c, cTile, ldc, load);
        }
        for (; i < end; i += MR) {
            edge(i, Math.min(MR, end - i), j, nr, pc, kc, at, load);
        }
    }

    /** Computes a tile of which only mr x nr lie in c. */
    private void edge(int i, int mr, int j, int nr, int pc, int kc, int at, boolean load) {
        // A tile reads MR rows of a: near the end, earlier rows too, whose results are dropped.
        int first = Math.min(i, m - MR);
        int aTile = aOffset + first * aRow + pc * aStep;
        int cTile = cOffset + i * ldc + j;
        if (load) {
            for (int r = 0; r < mr; r++) {
                System.arraycopy(c, cTile + r * ldc, scratch, (i - first + r) * NR, nr);
            }
        }
        MicroKernel.tile8x2(kc, a, aTile, aRow, aStep, packed, at, NR, scratch, 0, NR, load);
        for (int r = 0; r < mr; r++) {
            System.arraycopy(scratch, (i - first + r) * NR, c, cTile + r * ldc, nr);
        }
    }
}
