package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.BlockEnd;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * One product's loops round the {@link MicroKernel}, and the buffers that a thread uses again for
 * every product. engine/DESIGN.md draws the loops.
 *
 * <p>The rectangle of c is computed block by block. A group of columns of b is cut into micropanels
 * of NR columns, packed so that the tile reads them side by side, and stays in a cache while the
 * rows of a go by: in L3, or in L2 where rows of b are far apart. a is read where it lies.
 */
public final class BlockedProduct {

    /** Sums in a block: c travels once for so many; a micropanel of b (128 KiB) stays in L2. */
    public static final int KC = 1024;

    /** Rows in a block: mc x kc floats of a (384 KiB) stay in the L2 cache while panels go by. */
    static final int MC = 96;

    /** Packed floats of b in a group (4 MiB): in the L3 cache. */
    private static final int GROUP = 1024 * 1024;

    /** The same where all of a may come from the L3 cache for each group: half of the L2 cache. */
    private static final int NEAR_GROUP = 128 * 1024;

    /** Columns from which on packing a<sup>T</sup> pays: each element is used for NR at a time. */
    private static final int WIDE = 4 * MicroKernel.NR;

    /** Rows of a that are a multiple of 2 KiB apart share a few lines of the L1 cache. */
    private static final int CLASHING = 512;

    /** Rows of b so far apart (4 KiB) are on a page each, and nothing fetches them in time. */
    private static final int FAR = 1024;

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private final TileColumn tiles = new TileColumn();
    private final SmallProduct small = new SmallProduct();
    private final PackedColumns packed = new PackedColumns();
    private final PackedRows packedRows = new PackedRows();

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
    private BlockEnd end = BlockEnd.NOTHING;
    private int firstRow;
    private int firstCol;

    /** Computes rows [i, i + m) and columns [j, j + n) of c = op(a) op(b) + beta c. */
    public void run(
            Transpose transpose,
            Matrix a,
            Matrix b,
            boolean add,
            Matrix c,
            BlockEnd end,
            int i,
            int j,
            int m,
            int n) {
        int aRow = transpose.a() ? 1 : a.ld();
        int bCol = transpose.b() ? b.ld() : 1;
        left(a.data(), a.offset() + i * aRow, aRow, transpose.a() ? a.ld() : 1);
        right(b.data(), b.offset() + j * bCol, transpose.b() ? 1 : b.ld(), bCol);
        this.end = end;
        firstRow = i;
        firstCol = j;
        run(m, n, transpose.depth(a), add, c.data(), c.offset() + i * c.ld() + j, c.ld());
        this.end = BlockEnd.NOTHING;
    }

    /** Sets the left operand: element (i, p) is {@code a[offset + i * row + p * step]}. */
    public void left(float[] a, int offset, int row, int step) {
        this.a = a;
        aOffset = offset;
        aRow = row;
        aStep = step;
    }

    /**
     * Sets the right operand: element (p, j) is {@code b[offset + p * step + j * col]}, where step
     * or col is 1.
     */
    public void right(float[] b, int offset, int step, int col) {
        this.b = b;
        bOffset = offset;
        bStep = step;
        bCol = col;
    }

    /** Multiplies the operands that were set into m x n elements of c, and lets go of them. */
    public void run(int m, int n, int k, boolean add, float[] c, int offset, int ldc) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.c = c;
        cOffset = offset;
        this.ldc = ldc;
        if (isSmall(m, k, n)) {
            small(add);
        } else {
            blocks(add);
        }
        this.a = null;
        this.b = null;
        this.c = null;
    }

    /** Returns whether an m x n product of k sums goes in small tiles. */
    static boolean isSmall(int m, int k, int n) {
        return m < MR || n <= Lanes.COUNT || (long) m * n * k <= Family.LITTLE;
    }

    private void small(boolean add) {
        small.left(a, aOffset, aRow, aStep);
        if (bCol != 1 || n < Lanes.COUNT) {
            packed.widenRows(b, bOffset, bStep, bCol, k, n);
            small.right(packed.data(), 0, Math.max(n, Lanes.COUNT));
        } else {
            small.right(b, bOffset, bStep);
        }
        small.run(m, n, k, c, cOffset, ldc, add);
        end.done(firstRow, firstCol, m, n);
    }

    private void blocks(boolean add) {
        tiles.left(a, aOffset, aRow, aStep, m);
        // Equal blocks: a last one of a few sums or rows would cost as much as a whole one.
        int depth = equalParts(k, KC);
        int rows = Math.ceilDiv(equalParts(m, MC), MR) * MR;
        int width = widthOfGroup(depth);
        for (int j = 0; j < n; j += width) {
            for (int pc = 0; pc < k; pc += depth) {
                group(j, Math.min(width, n - j), pc, Math.min(depth, k - pc), rows, add || pc > 0);
            }
        }
        tiles.release();
    }

    private int widthOfGroup(int depth) {
        boolean near = Math.max(bStep, bCol) >= FAR && (long) m * depth <= GROUP;
        int abreast = PackedColumns.ABREAST * NR;
        int most = (near ? NEAR_GROUP : GROUP) / (depth * abreast) * abreast;
        return Math.clamp(n, 1, Math.max(abreast, most));
    }

    /** Returns the size of equal parts of a whole, none above a limit. */
    private static int equalParts(int whole, int limit) {
        return Math.ceilDiv(whole, Math.max(1, Math.ceilDiv(whole, limit)));
    }

    /** Multiplies all rows with the columns [jc, jc + nc), over the sums [pc, pc + kc). */
    private void group(int jc, int nc, int pc, int kc, int rows, boolean load) {
        // With one block of rows each micropanel is used up at once, and the next may take its
        // place.
        int panel = rows >= m ? 0 : kc * NR;
        packed.reserve(panel == 0 ? kc * NR : Math.ceilDiv(nc, NR) * panel);
        int copied = panel == 0 ? 0 : copyFar(jc, nc, pc, kc);
        for (int ic = 0; ic < m; ic += rows) {
            int mc = Math.min(rows, m - ic);
            if (aStep != 1 && aStep % CLASHING == 0 && n >= WIDE) {
                packedRows.pack(a, aOffset + ic + pc * aStep, aStep, mc, kc);
                tiles.packed(packedRows, ic);
            }
            for (int jr = 0; jr < nc; jr += NR) {
                int j = jc + jr;
                int nr = Math.min(NR, nc - jr);
                int at = jr / NR * panel;
                int done = ic == 0 && jr >= copied ? packPanel(j, nr, pc, kc, at, load) : 0;
                float[] b = packed.data();
                tiles.run(ic + done, ic + mc, pc, kc, b, at, nr, c, cOffset + j, ldc, load);
            }
            if (pc + kc == k) {
                end.done(firstRow + ic, firstCol + jc, mc, nc);
            }
        }
    }

    /** Copies micropanels of rows that are far apart, several at a time; returns the columns. */
    private int copyFar(int jc, int nc, int pc, int kc) {
        if (bCol != 1 || bStep < FAR) {
            return 0;
        }
        int abreast = PackedColumns.ABREAST * NR;
        int jr = 0;
        for (; jr + abreast <= nc; jr += abreast) {
            packed.copyAbreast(b, bOffset + pc * bStep + jc + jr, bStep, kc, jr * kc);
        }
        return jr;
    }

    /** Packs a micropanel of b; returns how many rows of c were computed on the way. */
    private int packPanel(int j, int nr, int pc, int kc, int at, boolean load) {
        int from = bOffset + pc * bStep + j * bCol;
        if (bCol != 1) {
            packed.transpose(b, from, bCol, kc, nr, at);
            return 0;
        }
        if (nr < NR || aStep != 1) {
            packed.copy(b, from, bStep, kc, nr, at);
            return 0;
        }
        float[] to = packed.data();
        int left = aOffset + pc;
        MicroKernel.packingTile(
                kc, a, left, aRow, b, from, bStep, c, cOffset + j, ldc, to, at, load);
        return MR;
    }
}
