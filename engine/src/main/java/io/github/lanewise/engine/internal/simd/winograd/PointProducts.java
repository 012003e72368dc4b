package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.internal.simd.gemm.HalfTile;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.gemm.SmallTile;
import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * The products of two operands at all pairs of points, c = a b or c = a<sup>T</sup> b: b has
 * micropanels, and all have room for whole tiles.
 */
final class PointProducts {

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private PointProducts() {}

    /** Computes m rows of c, or more to fill tiles, as sums of k products. */
    static void run(int m, int k, PointValues a, PointValues b, PointValues c) {
        for (int point = 0; point < a.pairs(); point++) {
            int left = point * a.apart();
            for (int j = 0; j < c.width(); j += NR) {
                int right = point * b.apart() + b.place(0, j);
                int to = point * c.apart() + j;
                for (int i = 0; i < m; i += MR) {
                    tile(m - i, k, a, left + i * a.width(), b, right, c, j, to + i * c.width());
                }
            }
        }
    }

    private static void tile(
            int rows,
            int k,
            PointValues a,
            int left,
            PointValues b,
            int right,
            PointValues c,
            int j,
            int to) {
        int lda = a.width();
        int ldc = c.width();
        if (j + NR <= ldc && rows <= MR / 2) {
            HalfTile.tile(k, a.data(), left, lda, b.data(), right, c.data(), to, ldc, false);
        } else if (j + NR <= ldc) {
            MicroKernel.tile(k, a.data(), left, lda, b.data(), right, c.data(), to, ldc, false);
        } else {
            int ldb = Lanes.COUNT;
            SmallTile.rows(k, a.data(), left, lda, b.data(), right, ldb, c.data(), to, ldc, false);
        }
    }

    /** Computes m rows of c, or more, from columns of a, or adds to them. */
    static void transposed(int m, int k, PointValues a, PointValues b, PointValues c, boolean add) {
        for (int point = 0; point < a.pairs(); point++) {
            int left = point * a.apart();
            for (int j = 0; j < c.width(); j += NR) {
                int right = point * b.apart() + b.place(0, j);
                int to = point * c.apart() + j;
                for (int i = 0; i < m; i += MR) {
                    columnsTile(k, a, left + i, b, right, c, j, to + i * c.width(), add);
                }
            }
        }
    }

    private static void columnsTile(
            int k,
            PointValues a,
            int left,
            PointValues b,
            int right,
            PointValues c,
            int j,
            int to,
            boolean add) {
        int lda = a.width();
        int ldc = c.width();
        if (j + NR <= ldc) {
            MicroKernel.columnsTile(
                    k, a.data(), left, lda, b.data(), right, c.data(), to, ldc, add);
        } else {
            int ldb = Lanes.COUNT;
            SmallTile.columns(k, a.data(), left, lda, b.data(), right, ldb, c.data(), to, ldc, add);
        }
    }
}
