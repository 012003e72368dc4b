package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.ProductKernels;

/** Matrix products: blocks and tiles for large ones, strips for small ones; then the epilogue. */
final class SimdProducts implements ProductKernels {

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
        products.get()
                .run(
                        transpose,
                        a,
                        b,
                        beta != 0,
                        c,
                        fromRow,
                        fromCol,
                        toRow - fromRow,
                        toCol - fromCol);
        if (!epilogue.isNone()) {
            for (int i = fromRow; i < toRow; i++) {
                finishRow(epilogue, c, i, fromCol, toCol - fromCol);
            }
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
