package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.ProductKernels;

/** Matrix products: blocks and tiles for large ones, strips for small ones; then the epilogue. */
final class SimdProducts implements ProductKernels {

    /** Below so many columns, what each row costs by itself is more than its elements. */
    private static final int NARROW = 64;

    private final ThreadLocal<BlockedProduct> products =
            ThreadLocal.withInitial(BlockedProduct::new);

    private final PointwiseKernels pointwise;
    private final EpilogueFunction function;

    SimdProducts(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
        function = new EpilogueFunction(pointwise);
    }

    @Override
    public void gemm(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        BlockedProduct product = products.get();
        int m = toRow - fromRow;
        int n = toCol - fromCol;
        product.run(transpose, a, b, beta != 0, c, fromRow, fromCol, m, n);
        if (epilogue.isNone()) {
            return;
        }
        Matrix saved = epilogue.saved();
        if (n < NARROW && c.ld() == n && (saved == null || saved.ld() == n)) {
            finishNarrow(product.bias(), epilogue, c, fromRow, m);
        } else {
            for (int i = fromRow; i < toRow; i++) {
                finishRow(epilogue, c, i, fromCol, n);
            }
        }
    }

    /** Finishes rows that lie one after another as one long one. */
    private void finishNarrow(NarrowBias bias, Epilogue epilogue, Matrix c, int from, int m) {
        int at = c.offset() + from * c.ld();
        int size = m * c.cols();
        if (epilogue.bias() != null) {
            bias.add(epilogue.bias(), c.data(), at, size);
        }
        function.apply(epilogue, c.data(), at, EpilogueFunction.savedAt(epilogue, from, 0), size);
    }

    private void finishRow(Epilogue epilogue, Matrix c, int i, int j, int n) {
        int at = c.offset() + i * c.ld() + j;
        Matrix bias = epilogue.bias();
        if (bias != null) {
            pointwise.axpy(1, bias.data(), bias.offset() + j, c.data(), at, n);
        }
        function.apply(epilogue, c.data(), at, EpilogueFunction.savedAt(epilogue, i, j), n);
    }
}
