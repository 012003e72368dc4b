package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.BlockEnd;
import io.github.lanewise.engine.internal.ProductKernels;

/**
 * A prepacked right operand, whose micropanels are packed once for many products: the weight of a
 * recurrent layer.
 */
final class PrepackedPanels {

    private static final int NR = MicroKernel.NR;

    private final PackedColumns packed = new PackedColumns();
    private final TileColumn tiles = new TileColumn();
    private int k;
    private int n;
    private boolean arePacked;

    boolean arePacked() {
        return arePacked;
    }

    /** Packs an operand for left ones of m rows, if that pays. */
    void prepack(Transpose transpose, Matrix b, int m) {
        k = transpose.b() ? b.cols() : b.rows();
        n = transpose.cols(b);
        int panels = Math.ceilDiv(n, NR);
        arePacked =
                !transpose.a()
                        && !BlockedProduct.isSmall(m, k, n)
                        && k <= BlockedProduct.KC
                        && (long) panels * NR * k <= ProductKernels.MOST_PREPACKED;
        if (arePacked) {
            pack(transpose, b, panels);
        }
    }

    private void pack(Transpose transpose, Matrix b, int panels) {
        packed.reserve(panels * NR * k);
        for (int j = 0; j < n; j += NR) {
            int nr = Math.min(NR, n - j);
            if (transpose.b()) {
                packed.transpose(b.data(), b.offset() + j * b.ld(), b.ld(), k, nr, j * k);
            } else {
                packed.copy(b.data(), b.offset() + j, b.ld(), k, nr, j * k);
            }
        }
    }

    /** Computes rows [from, to) of c = a b, or of c + a b. */
    void multiply(Matrix a, boolean add, Matrix c, BlockEnd end, int from, int to) {
        int m = to - from;
        int at = c.offset() + from * c.ld();
        tiles.left(a.data(), a.offset() + from * a.ld(), a.ld(), 1, m);
        for (int i = 0; i < m; i += BlockedProduct.MC) {
            int last = Math.min(m, i + BlockedProduct.MC);
            for (int j = 0; j < n; j += NR) {
                int nr = Math.min(NR, n - j);
                tiles.run(i, last, 0, k, packed.data(), j * k, nr, c.data(), at + j, c.ld(), add);
            }
            end.done(from + i, 0, last - i, n);
        }
        tiles.release();
    }
}
