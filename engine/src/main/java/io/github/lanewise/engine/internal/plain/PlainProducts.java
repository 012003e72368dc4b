package io.github.lanewise.engine.internal.plain;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.ProductKernels;
import io.github.lanewise.engine.internal.scalar.ScalarProducts;

/** Products of several rows by {@link PanelProduct}, of few by the reference. */
final class PlainProducts implements ProductKernels {

    /** With fewer rows, copying b costs as much as the sums. */
    private static final int FEW_ROWS = 4;

    private final PerThread<PanelProduct> products = PerThread.withInitial(PanelProduct::new);
    private final ProductKernels reference = new ScalarProducts();

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
        if (toRow - fromRow < FEW_ROWS) {
            reference.gemm(transpose, a, b, beta, c, epilogue, fromRow, toRow, fromCol, toCol);
            return;
        }
        products.get().run(transpose, a, b, beta, c, fromRow, toRow, fromCol, toCol);
        if (!epilogue.isNone()) {
            for (int i = fromRow; i < toRow; i++) {
                ScalarProducts.finish(epilogue, c, i, fromCol, toCol);
            }
        }
    }
}
