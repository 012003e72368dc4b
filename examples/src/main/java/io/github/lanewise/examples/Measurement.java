package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

/**
 * Measures kernels for a short while; the best call counts, since others may use the machine too.
 */
final class Measurement {

    private static final long NANOS = 800_000_000;
    private static final int FLOATS_IN_64_MB = 1 << 24;

    private Measurement() {}

    /** Returns the GFLOP/s of a product m x k times k x n. */
    static double product(int m, int k, int n) {
        Kernels kernels = Engine.kernels();
        Matrix a = filled(m, k);
        Matrix b = filled(k, n);
        Matrix c = Matrix.zeros(m, n);
        double operations = 2.0 * m * k * n;
        return operations
                / shortestNanos(() -> kernels.gemm(Transpose.NN, a, b, 0, c, Epilogue.NONE));
    }

    /** Returns the GB/s of y = a x + y on arrays far larger than any cache. */
    static double bandwidth() {
        Kernels kernels = Engine.kernels();
        Matrix x = filled(1, FLOATS_IN_64_MB);
        Matrix y = filled(1, FLOATS_IN_64_MB);
        double bytes = 3.0 * Float.BYTES * FLOATS_IN_64_MB;
        return bytes / shortestNanos(() -> kernels.axpy(0.5f, x, y));
    }

    private static double shortestNanos(Runnable call) {
        long begin = System.nanoTime();
        long shortest = Long.MAX_VALUE;
        long now = begin;
        while (now - begin < NANOS) {
            call.run();
            long end = System.nanoTime();
            shortest = Math.min(shortest, end - now);
            now = end;
        }
        return shortest;
    }

    private static Matrix filled(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (i % 17 - 8) * 0.125f;
        }
        return matrix;
    }
}
