package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.bench.KernelsUnderTest;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import java.util.HashMap;
import java.util.Map;

/** Our SIMD kernels, with every check that a user's call goes through. */
final class Lanewise implements Rival {

    /** One team of threads for each thread count. */
    private final Map<Integer, Kernels> teams = new HashMap<>();

    private Kernels kernels;

    @Override
    public String name() {
        return "Lanewise";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void threads(int count) {
        kernels = teams.computeIfAbsent(count, threads -> KernelsUnderTest.of("simd", threads));
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        Kernels chosen = kernels;
        Matrix c = Matrix.zeros(shape.m(), shape.n());
        return new Product() {
            @Override
            public void multiply() {
                chosen.gemm(shape.transpose(), a, b, 0, c, Epilogue.NONE);
            }

            @Override
            public float[] result() {
                return c.data().clone();
            }
        };
    }

    @Override
    public Class<?> origin() {
        return Engine.class;
    }
}
