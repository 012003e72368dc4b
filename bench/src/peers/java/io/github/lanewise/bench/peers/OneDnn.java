package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

import java.nio.file.Path;

/**
 * oneDNN through one of its two doors, on GNU's OpenMP as it comes: the BLAS-like function, or the
 * matmul primitive that frameworks use.
 */
final class OneDnn implements Rival {

    private final boolean primitive;
    private final OpenMp openMp;

    private OneDnn(boolean primitive) {
        this.primitive = primitive;
        Path library = Path.of(Loader.load(dnnl.class));
        openMp = new OpenMp(library.resolveSibling("libgomp.so.1"));
    }

    static OneDnn sgemm() {
        return new OneDnn(false);
    }

    static OneDnn matmul() {
        return new OneDnn(true);
    }

    @Override
    public String name() {
        return primitive ? "oneDNN-matmul" : "oneDNN-sgemm";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void threads(int count) {
        openMp.threads(count);
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        return primitive
                ? new OneDnnMatmul(shape, a, b)
                : new CblasProduct(OneDnn::rowMajorSgemm, shape, a, b);
    }

    /** oneDNN's function is row-major always and takes letters. */
    private static void rowMajorSgemm(
            int order,
            int transposeA,
            int transposeB,
            int m,
            int n,
            int k,
            float alpha,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float beta,
            FloatPointer c,
            int ldc) {
        int status =
                dnnl.dnnl_sgemm(
                        letter(transposeA),
                        letter(transposeB),
                        m,
                        n,
                        k,
                        alpha,
                        a,
                        lda,
                        b,
                        ldb,
                        beta,
                        c,
                        ldc);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("dnnl_sgemm: status " + status);
        }
    }

    private static byte letter(int transpose) {
        return (byte) (transpose == CblasProduct.TRANSPOSE ? 'T' : 'N');
    }

    @Override
    public int spinMillis() {
        return 60;
    }

    @Override
    public Class<?> origin() {
        return dnnl.class;
    }
}
