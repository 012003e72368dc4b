package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.openblas.global.openblas_full;

/** OpenBLAS, with threads of its own making. */
final class OpenBlas implements Rival {

    @Override
    public String name() {
        return "OpenBLAS";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void threads(int count) {
        openblas_full.openblas_set_num_threads(count);
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        return new CblasProduct(openblas_full::cblas_sgemm, shape, a, b);
    }

    @Override
    public int spinMillis() {
        return 60;
    }

    @Override
    public Class<?> origin() {
        return openblas_full.class;
    }

    @Override
    public String version() {
        return Rival.super.version() + " (" + openblas_full.openblas_get_config().getString() + ")";
    }
}
