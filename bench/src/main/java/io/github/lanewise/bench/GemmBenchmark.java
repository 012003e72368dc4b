package io.github.lanewise.bench;

import io.github.lanewise.engine.Epilogue;
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
 * How long does one matrix product take, in the shapes that training uses?
 *
 * <p>Run: {@code bench/run Gemm}, or one shape with {@code bench/run Gemm -p shape=NN:64x784x256 -p
 * threads=1,2}. Microseconds per product; the table of {@code bench/run} adds GFLOP/s and the share
 * of the FMA peak. First the products of a 784-256-128-10 network at batch 64 and of the
 * 2-20-10-5-2 network, then larger layers, then squares.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {

    @Param({
        "NN:64x784x256",
        "TN:784x64x256",
        "NN:64x256x128",
        "TN:256x64x128",
        "NT:64x128x256",
        "NN:64x128x10",
        "NN:32x2x20",
        "NN:1x784x256",
        "NN:128x784x512",
        "TN:784x128x512",
        "NN:128x512x256",
        "NT:128x512x512",
        "NN:256x1024x1024",
        "NN:64x64x64",
        "NN:128x128x128",
        "NN:256x256x256",
        "NN:512x512x512",
        "NN:1024x1024x1024",
        "NN:2048x2048x2048"
    })
    private String shape;

    @Param({"scalar", "simd"})
    private String kernels;

    @Param("1")
    private int threads;

    private GemmShape product;
    private Kernels contender;
    private Matrix a;
    private Matrix b;
    private Matrix c;

    @Setup
    public void makeOperands() {
        product = GemmShape.parse(shape);
        contender = KernelsUnderTest.of(kernels, threads);
        RandomMatrix random = new RandomMatrix(1);
        a = product.randomA(random);
        b = product.randomB(random);
        c = Matrix.zeros(product.m(), product.n());
        Matrix expected = Matrix.zeros(product.m(), product.n());
        multiply(KernelsUnderTest.reference(), expected);
        multiply(contender, c);
        SameBits.require("gemm " + shape, expected, c);
    }

    @Benchmark
    public float[] gemm() {
        multiply(contender, c);
        return c.data();
    }

    private void multiply(Kernels kernels, Matrix result) {
        kernels.gemm(product.transpose(), a, b, 0, result, Epilogue.NONE);
    }
}
