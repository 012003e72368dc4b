package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.mkl.global.mkl_rt;

/** Intel's MKL, on Intel's OpenMP as it comes. */
final class Mkl implements Rival {

    Mkl() {
        mkl_rt.MKL_Set_Threading_Layer(mkl_rt.MKL_THREADING_INTEL);
    }

    @Override
    public String name() {
        return "MKL";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void threads(int count) {
        mkl_rt.MKL_Set_Num_Threads(count);
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        return new CblasProduct(mkl_rt::cblas_sgemm, shape, a, b);
    }

    /**
     * Intel's OpenMP spins for 200 ms unless told otherwise, and telling it would slow MKL down.
     */
    @Override
    public int spinMillis() {
        return 250;
    }

    @Override
    public Class<?> origin() {
        return mkl_rt.class;
    }
}
