package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.Family;

import jdk.incubator.vector.FloatVector;

import java.util.Arrays;

/**
 * One product's loops round the {@link MicroKernel}, and the buffers that a thread uses again for
 * every product. engine/DESIGN.md draws the loops.
 *
 * <p>The rectangle of c is computed block by block. Over each block of kc sums, b is cut into
 * micropanels of NR columns, packed so that the tile reads them side by side; a is read where it
 * lies.
 */
final class BlockedProduct {

    /** Sums in a block: c travels once for so many; a micropanel of b (128 KiB) stays in L2. */
    static final int KC = 1024;

    /** Rows in a block: mc x kc floats of a (384 KiB) stay in the L2 cache while panels go by. */
    static final int MC = 96;

    /** Columns in a block: kc x nc floats of packed b (4 MiB) stay in the L3 cache. */
    static final int NC = 1024;

    /** Columns from which on packing a<sup>T</sup> pays: each element is used for NR at a time. */
    private static final int WIDE = 4 * MicroKernel.NR;

    /** Rows of a that are a multiple of 2 KiB apart share a few lines of the L1 cache. */
    private static final int CLASHING = 512;

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private final TileColumn tiles = new TileColumn();
    private final SmallProduct small = new SmallProduct();
    private final TransposedPanel transposed = new TransposedPanel();
    private final PackedRows packedRows = new PackedRows();
    private final NarrowBias bias = new NarrowBias();
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

    /** Returns what adds a bias to a narrow result. */
    NarrowBias bias() {
        return bias;
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
        if (m < MR || n <= Lanes.COUNT || (long) m * n * k <= Family.LITTLE) {
            small(add);
        } else {
            blocks(add);
        }
        this.a = null;
        this.b = null;
        this.c = null;
    }

    private void small(boolean add) {
        small.left(a, aOffset, aRow, aStep);
        if (bCol != 1 || n < Lanes.COUNT) {
            int length = Math.max(n, Lanes.COUNT);
            reserve(k * length);
            widenRows(length);
            small.right(packed, 0, length);
        } else {
            small.right(b, bOffset, bStep);
        }
        small.run(m, n, k, c, cOffset, ldc, add);
    }

    /** Copies b row by row, so that each row holds a whole vector at least. */
    private void widenRows(int length) {
        int p = 0;
        if (bCol == 1) {
            // What follows a row of b is copied too and multiplied, and the result dropped.
            int last = b.length - length - bOffset;
            for (; p < k && p * bStep <= last; p++) {
                FloatVector.fromArray(Lanes.FLOATS, b, bOffset + p * bStep)
                        .intoArray(packed, p * length);
            }
        }
        for (; p < k; p++) {
            for (int j = 0; j < n; j++) {
                packed[p * length + j] = b[bOffset + p * bStep + j * bCol];
            }
        }
    }

    private void blocks(boolean add) {
        tiles.left(a, aOffset, aRow, aStep, m);
        // Equal blocks: a last one of a few sums or rows would cost as much as a whole one.
        int depth = equalParts(k, KC);
        for (int jc = 0; jc < n; jc += NC) {
            for (int pc = 0; pc < k; pc += depth) {
                block(jc, Math.min(NC, n - jc), pc, Math.min(depth, k - pc), add || pc > 0);
            }
        }
        tiles.release();
        if (k == 0 && !add) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(c, cOffset + i * ldc, cOffset + i * ldc + n, 0f);
            }
        }
    }

    /** Returns the size of equal parts of a whole, none above a limit. */
    private static int equalParts(int whole, int limit) {
        return Math.ceilDiv(whole, Math.max(1, Math.ceilDiv(whole, limit)));
    }

    private void reserve(int floats) {
        if (packed.length < floats) {
            packed = new float[floats];
        }
    }

    private void block(int jc, int nc, int pc, int kc, boolean load) {
        int rows = Math.ceilDiv(equalParts(m, MC), MR) * MR;
        // With one block of rows each micropanel is used up at once, and the next may take its
        // place.
        int panel = rows >= m ? 0 : kc * NR;
        reserve(panel == 0 ? kc * NR : Math.ceilDiv(nc, NR) * panel);
        for (int ic = 0; ic < m; ic += rows) {
            int mc = Math.min(rows, m - ic);
            if (aStep != 1 && aStep % CLASHING == 0 && n >= WIDE) {
                packedRows.pack(a, aOffset + ic + pc * aStep, aStep, mc, kc);
                tiles.packed(packedRows, ic);
            }
            for (int jr = 0; jr < nc; jr += NR) {
                int j = jc + jr;
                int nr = Math.min(NR, n - j);
                int at = jr / NR * panel;
                int done = ic == 0 ? packPanel(j, nr, pc, kc, at, load) : 0;
                tiles.run(ic + done, ic + mc, pc, kc, packed, at, nr, c, cOffset + j, ldc, load);
            }
        }
    }

    /** Packs a micropanel of b; returns how many rows of c were computed on the way. */
    private int packPanel(int j, int nr, int pc, int kc, int at, boolean load) {
        int from = bOffset + pc * bStep + j * bCol;
        if (bCol != 1) {
            transposed.pack(b, from, bCol, kc, nr, packed, at);
            return 0;
        }
        if (nr == NR && aStep == 1) {
            MicroKernel.packingTile(
                    kc,
                    a,
                    aOffset + pc,
                    aRow,
                    b,
                    from,
                    bStep,
                    c,
                    cOffset + j,
                    ldc,
                    packed,
                    at,
                    load);
            return MR;
        }
        if (nr == NR) {
            copyPanel(b, from, bStep, kc, packed, at);
            return 0;
        }
        for (int p = 0; p < kc; p++) {
            System.arraycopy(b, from + p * bStep, packed, at + p * NR, nr);
            Arrays.fill(packed, at + p * NR + nr, at + (p + 1) * NR, 0f);
        }
        return 0;
    }

    private static void copyPanel(float[] b, int from, int ldb, int kc, float[] packed, int at) {
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(Lanes.FLOATS, b, from + p * ldb);
            FloatVector b1 = FloatVector.fromArray(Lanes.FLOATS, b, from + p * ldb + Lanes.COUNT);
            b0.intoArray(packed, at + p * NR);
            b1.intoArray(packed, at + p * NR + Lanes.COUNT);
        }
    }
}
