package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/** EJML's row-major float matrices. */
final class Ejml implements Rival {

    private boolean parallel;

    /** One of EJML's functions: c from a and b. */
    private interface Multiply {
        void apply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);
    }

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void threads(int count) {
        parallel = count > 1;
        EjmlConcurrency.setMaxThreads(count);
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        Multiply function = parallel ? parallelFunction(shape) : function(shape);
        FMatrixRMaj left = FMatrixRMaj.wrap(a.rows(), a.cols(), a.data());
        FMatrixRMaj right = FMatrixRMaj.wrap(b.rows(), b.cols(), b.data());
        FMatrixRMaj c = new FMatrixRMaj(shape.m(), shape.n());
        return new Product() {
            @Override
            public void multiply() {
                function.apply(left, right, c);
            }

            @Override
            public float[] result() {
                return c.data.clone();
            }
        };
    }

    private static Multiply function(GemmShape shape) {
        return switch (shape.transpose()) {
            case NN -> CommonOps_FDRM::mult;
            case NT -> CommonOps_FDRM::multTransB;
            case TN -> CommonOps_FDRM::multTransA;
        };
    }

    private static Multiply parallelFunction(GemmShape shape) {
        return switch (shape.transpose()) {
            case NN -> CommonOps_MT_FDRM::mult;
            case NT -> CommonOps_MT_FDRM::multTransB;
            case TN -> CommonOps_MT_FDRM::multTransA;
        };
    }

    @Override
    public Class<?> origin() {
        return CommonOps_FDRM.class;
    }
}
