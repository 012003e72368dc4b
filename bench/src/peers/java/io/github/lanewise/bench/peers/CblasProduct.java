package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.javacpp.FloatPointer;

/** A product through the standard C interface of the BLAS. */
final class CblasProduct implements Product {

    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSE = 111;

    /** CblasTrans. */
    static final int TRANSPOSE = 112;

    /** cblas_sgemm of some library. */
    interface Sgemm {
        void call(
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
                int ldc);
    }

    private final Sgemm sgemm;
    private final GemmShape shape;
    private final NativeOperands operands;
    private final int lda;
    private final int ldb;

    CblasProduct(Sgemm sgemm, GemmShape shape, Matrix a, Matrix b) {
        this.sgemm = sgemm;
        this.shape = shape;
        operands = new NativeOperands(shape, a, b);
        lda = a.ld();
        ldb = b.ld();
    }

    @Override
    public void multiply() {
        sgemm.call(
                ROW_MAJOR,
                shape.transpose().a() ? TRANSPOSE : NO_TRANSPOSE,
                shape.transpose().b() ? TRANSPOSE : NO_TRANSPOSE,
                shape.m(),
                shape.n(),
                shape.k(),
                1,
                operands.a(),
                lda,
                operands.b(),
                ldb,
                0,
                operands.c(),
                shape.n());
    }

    @Override
    public float[] result() {
        return operands.result();
    }

    @Override
    public void close() {
        operands.close();
    }
}
