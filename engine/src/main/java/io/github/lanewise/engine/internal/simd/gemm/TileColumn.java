package io.github.lanewise.engine.internal.simd.gemm;

/**
 * Rows of a times one packed micropanel of b: a column of tiles.
 *
 * <p>A micropanel has kc rows of NR floats, of which the first nr count. Element (i, p) of a is
 * {@code a[offset + i * row + p * step]}, where row or step is 1. A tile that sticks out of c is
 * computed in a scratch tile, so that the inner loop has no edges.
 */
public final class TileColumn {

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private final SmallProduct small = new SmallProduct();
    private final float[] scratch = new float[MR * NR];

    private float[] a;
    private int offset;
    private int row;
    private int step;
    private int m;
    private PackedRows packed;
    private int packedFrom;

    /** Sets the left operand and the number of its rows. */
    public void left(float[] a, int offset, int row, int step, int m) {
        this.a = a;
        this.offset = offset;
        this.row = row;
        this.step = step;
        this.m = m;
        packed = null;
    }

    /** Says that rows from {@code from} on are packed, for the sums that will be asked for. */
    void packed(PackedRows rows, int from) {
        packed = rows;
        packedFrom = from;
    }

    /** Lets go of the left operand. */
    public void release() {
        a = null;
    }

    /**
     * Multiplies rows [from, to) of a, sums [pc, pc + kc), with a micropanel.
     *
     * @param cAt where the row 0 of these columns is in c
     */
    public void run(
            int from,
            int to,
            int pc,
            int kc,
            float[] panel,
            int at,
            int nr,
            float[] c,
            int cAt,
            int ldc,
            boolean load) {
        if (m < MR) {
            small.left(a, offset + from * row + pc * step, row, step);
            small.right(panel, at, NR);
            small.run(to - from, nr, kc, c, cAt + from * ldc, ldc, load);
            return;
        }
        int i = from;
        for (; nr == NR && i + MR <= to; i += MR) {
            tile(i, pc, kc, panel, at, c, cAt + i * ldc, ldc, load);
        }
        for (; i < to; i += MR) {
            edge(i, Math.min(MR, to - i), pc, kc, panel, at, nr, c, cAt + i * ldc, ldc, load);
        }
    }

    private void tile(
            int i,
            int pc,
            int kc,
            float[] panel,
            int at,
            float[] c,
            int cAt,
            int ldc,
            boolean load) {
        if (packed != null) {
            int place = packed.place(i - packedFrom);
            int apart = PackedRows.ROWS;
            MicroKernel.columnsTile(kc, packed.data(), place, apart, panel, at, c, cAt, ldc, load);
            return;
        }
        int first = offset + firstRow(i) * row + pc * step;
        if (step == 1) {
            MicroKernel.tile(kc, a, first, row, panel, at, c, cAt, ldc, load);
        } else {
            MicroKernel.columnsTile(kc, a, first, step, panel, at, c, cAt, ldc, load);
        }
    }

    /**
     * Returns the first row of a tile: near the end it takes earlier rows too, or what is in the
     * last group of packed rows; those results are dropped.
     */
    private int firstRow(int i) {
        return packed != null ? i : Math.min(i, m - MR);
    }

    /** Computes a tile of which only mr x nr lie in c. */
    private void edge(
            int i,
            int mr,
            int pc,
            int kc,
            float[] panel,
            int at,
            int nr,
            float[] c,
            int cAt,
            int ldc,
            boolean load) {
        int skip = i - firstRow(i);
        if (load) {
            for (int r = 0; r < mr; r++) {
                System.arraycopy(c, cAt + r * ldc, scratch, (skip + r) * NR, nr);
            }
        }
        tile(i, pc, kc, panel, at, scratch, 0, NR, load);
        for (int r = 0; r < mr; r++) {
            System.arraycopy(scratch, (skip + r) * NR, c, cAt + r * ldc, nr);
        }
    }
}
