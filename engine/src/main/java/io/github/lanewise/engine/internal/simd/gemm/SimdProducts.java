package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.BlockEnd;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.ProductKernels;

/**
 * Matrix products: blocks and packed panels and tiles for large ones, tiles alone for small ones.
 */
public final class SimdProducts implements ProductKernels {

    private final PerThread<BlockedProduct> products = PerThread.withInitial(BlockedProduct::new);

    private final PerThread<PrepackedPanels> prepacked =
            PerThread.withInitial(PrepackedPanels::new);

    private final PerThread<BlockEpilogue> epilogues;

    public SimdProducts(PointwiseKernels pointwise) {
        epilogues = PerThread.withInitial(() -> new BlockEpilogue(pointwise));
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
        if (epilogue.isNone()) {
            gemm(transpose, a, b, beta, c, BlockEnd.NOTHING, fromRow, toRow, fromCol, toCol);
            return;
        }
        BlockEpilogue end = epilogues.get();
        end.set(epilogue, c);
        gemm(transpose, a, b, beta, c, end, fromRow, toRow, fromCol, toCol);
        end.release();
    }

    @Override
    public void prepack(Transpose transpose, Matrix b, int m) {
        prepacked.get().prepack(transpose, b, m);
    }

    @Override
    public void gemmPrepacked(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int fromRow,
            int toRow) {
        PrepackedPanels panels = prepacked.get();
        if (!panels.arePacked()) {
            gemm(transpose, a, b, beta, c, epilogue, fromRow, toRow, 0, c.cols());
        } else if (epilogue.isNone()) {
            panels.multiply(a, beta != 0, c, BlockEnd.NOTHING, fromRow, toRow);
        } else {
            BlockEpilogue end = epilogues.get();
            end.set(epilogue, c);
            panels.multiply(a, beta != 0, c, end, fromRow, toRow);
            end.release();
        }
    }

    @Override
    public void gemm(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            BlockEnd end,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        int m = toRow - fromRow;
        int n = toCol - fromCol;
        products.get().run(transpose, a, b, beta != 0, c, end, fromRow, fromCol, m, n);
    }
}
