package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

/**
 * One kernel call, measured again and again; the best counts, since others may use the machine too.
 *
 * <p>What is compared is measured in turns, so that a busy moment hits all alike.
 */
final class Measurement {

    private static final long WARM_UP_NANOS = 400_000_000;
    private static final long WARM_UP_MOST_NANOS = 3_000_000_000L;
    private static final int WARM_UP_CALLS = 30;
    private static final long TURN_NANOS = 150_000_000;
    private static final int FLOATS_IN_64_MB = 1 << 24;

    private final double work;
    private final Runnable call;
    private long shortest = Long.MAX_VALUE;

    private Measurement(double work, Runnable call) {
        this.work = work;
        this.call = call;
    }

    /** Measures a product m x k times k x n in GFLOP/s. */
    static Measurement product(int m, int k, int n) {
        Kernels kernels = Engine.kernels();
        Matrix a = filled(m, k);
        Matrix b = filled(k, n);
        Matrix c = Matrix.zeros(m, n);
        return new Measurement(
                2.0 * m * k * n, () -> kernels.gemm(Transpose.NN, a, b, 0, c, Epilogue.NONE));
    }

    /** Measures y = a x + y on arrays far larger than any cache, in GB/s. */
    static Measurement bandwidth() {
        return axpy(FLOATS_IN_64_MB);
    }

    /** Measures y = a x + y on arrays of so many floats, in GB/s. */
    static Measurement axpy(int floats) {
        Kernels kernels = Engine.kernels();
        Matrix x = filled(1, floats);
        Matrix y = filled(1, floats);
        return new Measurement(3.0 * Float.BYTES * floats, () -> kernels.axpy(0.5f, x, y));
    }

    /** Returns how long a call would take at a speed, in seconds. */
    double secondsAt(double billionsPerSecond) {
        return work / billionsPerSecond / 1e9;
    }

    /** Calls until the JVM has compiled the kernel, or is too busy to. */
    Measurement warmUp() {
        long begin = System.nanoTime();
        long passed = 0;
        for (int calls = 0;
                passed < WARM_UP_NANOS || calls < WARM_UP_CALLS && passed < WARM_UP_MOST_NANOS;
                calls++) {
            call();
            passed = System.nanoTime() - begin;
        }
        return this;
    }

    private void call() {
        long begin = System.nanoTime();
        call.run();
        shortest = Math.min(shortest, System.nanoTime() - begin);
    }

    /** Measures for a short while. */
    void turn() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TURN_NANOS) {
            call();
        }
    }

    /** Returns the best so far, in 10<sup>9</sup> a second. */
    double best() {
        return work / shortest;
    }

    private static Matrix filled(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (i % 17 - 8) * 0.125f;
        }
        return matrix;
    }
}
