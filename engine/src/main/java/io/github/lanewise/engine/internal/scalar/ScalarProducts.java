package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.ProductKernels;

import java.util.Arrays;

/**
 * Three loops: the specification of the matrix product, and a good place to start reading. The
 * inner loop runs along j, so that memory is read in rows while the sums over p stay in order.
 */
public final class ScalarProducts implements ProductKernels {

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
        int k = transpose.depth(a);
        int aRow = transpose.a() ? 1 : a.ld();
        int aDepth = transpose.a() ? a.ld() : 1;
        int bDepth = transpose.b() ? 1 : b.ld();
        int bCol = transpose.b() ? b.ld() : 1;
        int n = toCol - fromCol;
        for (int i = fromRow; i < toRow; i++) {
            int cRow = c.offset() + i * c.ld() + fromCol;
            if (beta == 0) {
                Arrays.fill(c.data(), cRow, cRow + n, 0f);
            }
            for (int p = 0; p < k; p++) {
                float aip = a.data()[a.offset() + i * aRow + p * aDepth];
                int bRow = b.offset() + p * bDepth + fromCol * bCol;
                if (bCol == 1) {
                    accumulate(aip, b.data(), bRow, c.data(), cRow, n);
                } else {
                    accumulateStrided(aip, b.data(), bRow, bCol, c.data(), cRow, n);
                }
            }
            finish(epilogue, c, i, fromCol, toCol);
        }
    }

    private static void accumulate(float a, float[] b, int bRow, float[] c, int cRow, int n) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] = Fma.fma(a, b[bRow + j], c[cRow + j]);
        }
    }

    private static void accumulateStrided(
            float a, float[] b, int bRow, int bCol, float[] c, int cRow, int n) {
        for (int j = 0; j < n; j++) {
            c[cRow + j] = Fma.fma(a, b[bRow + j * bCol], c[cRow + j]);
        }
    }

    /** Does what an epilogue says to the complete sums of row i. */
    public static void finish(Epilogue epilogue, Matrix c, int i, int fromCol, int toCol) {
        Matrix bias = epilogue.bias();
        Activation f = epilogue.activation();
        Matrix saved = epilogue.saved();
        int cRow = c.offset() + i * c.ld();
        for (int j = fromCol; j < toCol; j++) {
            float value = c.data()[cRow + j];
            if (bias != null) {
                value += bias.data()[bias.offset() + j];
            }
            c.data()[cRow + j] =
                    saved == null
                            ? ScalarActivations.value(f, value)
                            : ScalarActivations.gradient(
                                    f, saved.data()[saved.offset() + i * saved.ld() + j], value);
        }
    }
}
