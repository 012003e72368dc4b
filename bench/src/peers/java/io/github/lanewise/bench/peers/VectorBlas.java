package io.github.lanewise.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

/** netlib's BLAS on the Vector API, column-major: so it gets b' a' and makes c', which is c. */
final class VectorBlas implements Rival {

    private final BLAS blas = JavaBLAS.getInstance();

    VectorBlas() {
        if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
            throw new IllegalStateException("netlib chose " + blas.getClass());
        }
    }

    @Override
    public String name() {
        return "VectorBLAS";
    }

    @Override
    public int maxThreads() {
        return 1;
    }

    @Override
    public void threads(int count) {}

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        float[] c = new float[shape.m() * shape.n()];
        String left = shape.transpose().b() ? "T" : "N";
        String right = shape.transpose().a() ? "T" : "N";
        return new Product() {
            @Override
            public void multiply() {
                blas.sgemm(
                        left, right, shape.n(), shape.m(), shape.k(), 1, b.data(), b.ld(), a.data(),
                        a.ld(), 0, c, shape.n());
            }

            @Override
            public float[] result() {
                return c.clone();
            }
        };
    }

    @Override
    public Class<?> origin() {
        return BLAS.class;
    }
}
