package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * The innermost loop of every product: a tile of c stays in vector registers while p runs.
 *
 * <pre>
 *              b: one row of the micropanel for each p
 *              [ b0 ][ b1 ]
 *   a[0][p]    [ c00 ][ c01 ]
 *   a[1][p]    [ c10 ][ c11 ]      c(i, j) = fma(a[i][p], b[p][j], c(i, j))
 *     ...        ...
 *   a[7][p]    [ c70 ][ c71 ]
 * </pre>
 *
 * <p>Row p of b's micropanel begins at {@code b[bOffset + p * NR]}. The tile of c has rows {@code
 * ldc} apart; it is read only if {@code load}, and written whole. All indices grow by constants: C2
 * takes the checks of such an index out of the loop, and the loop is a third shorter.
 */
public final class MicroKernel {

    /** Rows of a tile; batches and layer sizes are multiples of eight. */
    public static final int MR = 8;

    /** Columns of a tile. */
    public static final int NR = 2 * Lanes.COUNT;

    private static final int HALF = MR / 2;

    private MicroKernel() {}

    /** Computes a tile; element (i, p) of a is {@code a[aOffset + i * aRow + p]}. */
    public static void tile(
            int k,
            float[] a,
            int aOffset,
            int aRow,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        if (Lanes.REGISTERS >= 32) {
            FullTile.tile(k, a, aOffset, aRow, b, bOffset, c, cOffset, ldc, load);
        } else {
            int lower = aOffset + HALF * aRow;
            HalfTile.tile(k, a, aOffset, aRow, b, bOffset, c, cOffset, ldc, load);
            HalfTile.tile(k, a, lower, aRow, b, bOffset, c, cOffset + HALF * ldc, ldc, load);
        }
    }

    /** Computes a tile of a<sup>T</sup>; element (i, p) is {@code a[aOffset + i + p * aStep]}. */
    public static void columnsTile(
            int k,
            float[] a,
            int aOffset,
            int aStep,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        if (Lanes.REGISTERS >= 32) {
            FullTile.columnsTile(k, a, aOffset, aStep, b, bOffset, c, cOffset, ldc, load);
        } else {
            int lower = aOffset + HALF;
            HalfTile.columnsTile(k, a, aOffset, aStep, b, bOffset, c, cOffset, ldc, load);
            HalfTile.columnsTile(
                    k, a, lower, aStep, b, bOffset, c, cOffset + HALF * ldc, ldc, load);
        }
    }

    /**
     * Computes a tile like {@link #tile} from rows of b that are {@code ldb} apart and, in the
     * shadow of the multiplications, packs them: row p goes to {@code packed[to + p * NR]}.
     */
    static void packingTile(
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
            float[] packed,
            int to,
            boolean load) {
        if (Lanes.REGISTERS >= 32) {
            PackingTile.run(
                    k, a, aOffset, aRow, b, bOffset, ldb, c, cOffset, ldc, packed, to, load);
        } else {
            int lower = aOffset + HALF * aRow;
            HalfTile.packingTile(
                    k, a, aOffset, aRow, b, bOffset, ldb, c, cOffset, ldc, packed, to, load);
            HalfTile.tile(k, a, lower, aRow, packed, to, c, cOffset + HALF * ldc, ldc, load);
        }
    }
}
