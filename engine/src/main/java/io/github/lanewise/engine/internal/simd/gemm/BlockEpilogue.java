package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.BlockEnd;
import io.github.lanewise.engine.internal.PointwiseKernels;

/** Applies an epilogue to each block of a product. */
final class BlockEpilogue implements BlockEnd {

    /** Below so many columns, what each row costs by itself is more than its elements. */
    private static final int NARROW = 64;

    private final PointwiseKernels pointwise;
    private final EpilogueFunction function;
    private final NarrowBias narrowBias = new NarrowBias();
    private Epilogue epilogue;
    private Matrix c;

    BlockEpilogue(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
        function = new EpilogueFunction(pointwise);
    }

    /** Sets the epilogue of the next product, whose result is c. */
    void set(Epilogue epilogue, Matrix c) {
        this.epilogue = epilogue;
        this.c = c;
    }

    /** Lets go of the operands. */
    void release() {
        epilogue = null;
        c = null;
    }

    @Override
    public void done(int i, int j, int m, int n) {
        Matrix saved = epilogue.saved();
        if (n < NARROW && c.ld() == n && (saved == null || saved.ld() == n)) {
            finishNarrow(i, m);
        } else {
            for (int row = i; row < i + m; row++) {
                finishRow(row, j, n);
            }
        }
    }

    /** Finishes rows that lie one after another as one long one. */
    private void finishNarrow(int i, int m) {
        int at = c.offset() + i * c.ld();
        int size = m * c.cols();
        if (epilogue.bias() != null) {
            narrowBias.add(epilogue.bias(), c.data(), at, size);
        }
        function.apply(epilogue, c.data(), at, EpilogueFunction.savedAt(epilogue, i, 0), size);
    }

    private void finishRow(int i, int j, int n) {
        int at = c.offset() + i * c.ld() + j;
        Matrix bias = epilogue.bias();
        if (bias != null) {
            pointwise.axpy(1, bias.data(), bias.offset() + j, c.data(), at, n);
        }
        function.apply(epilogue, c.data(), at, EpilogueFunction.savedAt(epilogue, i, j), n);
    }
}
