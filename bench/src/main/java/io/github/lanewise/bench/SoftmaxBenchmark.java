package io.github.lanewise.bench;

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

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long do softmax, and softmax fused with cross-entropy and its gradient, take?
 *
 * <p>Run: {@code bench/run Softmax}. Microseconds per call; the table of {@code bench/run} adds
 * GB/s, counting each value read and each written, though the exponential bounds both. The first
 * shapes are the ten digits and the two ellipses of the examples.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SoftmaxBenchmark {

    @Param({"64x10", "32x2", "64x64", "64x256", "64x1000", "1024x1024"})
    private String shape;

    @Param({"scalar", "simd"})
    private String kernels;

    @Param("1")
    private int threads;

    private Kernels contender;
    private Matrix logits;
    private int[] labels;
    private Matrix losses;
    private Matrix probabilities;
    private Matrix dLogits;

    @Setup
    public void makeOperands() {
        RowsShape size = RowsShape.parse(shape);
        contender = KernelsUnderTest.of(kernels, threads);
        logits = size.random(new RandomMatrix(1));
        labels = new SplittableRandom(2).ints(size.rows(), 0, size.cols()).toArray();
        losses = Matrix.zeros(1, size.rows());
        probabilities = size.zeros();
        dLogits = size.zeros();
        check(size);
    }

    private void check(RowsShape size) {
        Kernels reference = KernelsUnderTest.reference();
        Matrix expected = size.zeros();
        reference.softmax(logits, expected);
        softmax();
        SameBits.require("softmax " + shape, expected, probabilities);
        reference.softmaxCrossEntropy(logits, labels, 1f / size.rows(), losses, expected);
        Matrix expectedLosses = Matrix.row(Arrays.copyOf(losses.data(), size.rows()));
        crossEntropy();
        SameBits.require("softmaxCrossEntropy " + shape, expectedLosses, losses);
        SameBits.require("softmaxCrossEntropy gradient " + shape, expected, dLogits);
    }

    @Benchmark
    public float[] softmax() {
        contender.softmax(logits, probabilities);
        return probabilities.data();
    }

    @Benchmark
    public float[] crossEntropy() {
        contender.softmaxCrossEntropy(logits, labels, 1f / logits.rows(), losses, dLogits);
        return dLogits.data();
    }
}
