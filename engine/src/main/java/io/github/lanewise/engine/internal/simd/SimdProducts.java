package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Activation;
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

    SimdProducts(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
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
        Activation f = epilogue.activation();
        Matrix saved = epilogue.saved();
        if (epilogue.bias() != null) {
            bias.add(epilogue.bias(), c.data(), at, size);
        }
        if (saved != null) {
            int savedAt = saved.offset() + from * saved.ld();
            pointwise.activateGradient(f, saved.data(), savedAt, c.data(), at, c.data(), at, size);
        } else if (f.kind() != Activation.Kind.IDENTITY) {
            pointwise.activate(f, c.data(), at, c.data(), at, size);
        }
    }

    private void finishRow(Epilogue epilogue, Matrix c, int i, int j, int n) {
        int at = c.offset() + i * c.ld() + j;
        Matrix bias = epilogue.bias();
        Activation f = epilogue.activation();
        Matrix saved = epilogue.saved();
        if (bias != null) {
            pointwise.axpy(1, bias.data(), bias.offset() + j, c.data(), at, n);
        }
        if (saved != null) {
            int savedAt = saved.offset() + i * saved.ld() + j;
            pointwise.activateGradient(f, saved.data(), savedAt, c.data(), at, c.data(), at, n);
        } else if (f.kind() != Activation.Kind.IDENTITY) {
            pointwise.activate(f, c.data(), at, c.data(), at, n);
        }
    }
}
