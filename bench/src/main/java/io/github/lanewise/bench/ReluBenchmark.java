package io.github.lanewise.bench;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * How near do ReLU and its gradient come to the speed of memory?
 *
 * <p>Run: {@code bench/run Relu}. Microseconds per call; the table of {@code bench/run} adds GB/s,
 * counting each value read and each written. The first shapes are a hidden layer's and the input's
 * at batch 64, which stay in the L2 cache; the last does not fit in any cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ReluBenchmark {

    @Param({"64x256", "64x784", "64x64", "256x256", "1024x1024", "4096x4096"})
    private String shape;

    @Param({"scalar", "simd"})
    private String kernels;

    @Param("1")
    private int threads;

    private Kernels contender;
    private Matrix x;
    private Matrix y;
    private Matrix dy;
    private Matrix dx;

    @Setup
    public void makeOperands() {
        RowsShape size = RowsShape.parse(shape);
        contender = KernelsUnderTest.of(kernels, threads);
        RandomMatrix random = new RandomMatrix(1);
        x = size.random(random);
        dy = size.random(random);
        y = size.zeros();
        dx = size.zeros();
        Matrix expected = size.zeros();
        KernelsUnderTest.reference().activate(Activation.RELU, x, expected);
        forward();
        SameBits.require("relu " + shape, expected, y);
        KernelsUnderTest.reference().activateGradient(Activation.RELU, y, dy, expected);
        gradient();
        SameBits.require("relu gradient " + shape, expected, dx);
    }

    @Benchmark
    public float[] forward() {
        contender.activate(Activation.RELU, x, y);
        return y.data();
    }

    @Benchmark
    public float[] gradient() {
        contender.activateGradient(Activation.RELU, y, dy, dx);
        return dx.data();
    }
}
