package io.github.lanewise.bench;

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
 * How long does a trained network take to answer, for one sample and for many?
 *
 * <p>Run: {@code bench/run Inference}. Microseconds per call; the table of {@code bench/run} adds
 * GFLOP/s of the products alone. Shapes are a network of {@link Workload} and a batch. The methods
 * are the kernel sets, each in a JVM that is told to take it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class InferenceBenchmark {

    @Param({"M1@1", "M1@256", "M4@1", "M4@256"})
    private String shape;

    @Param("1")
    private int threads;

    private Answers answers;
    private Matrix inputs;

    @Setup
    public void check() {
        EngineThreads.require(threads);
        ScalarReference.requireSameOutputs(shape);
        answers = Answers.parse(shape);
        inputs = answers.madeUpInputs();
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsPrepend = "-Dlanewise.threads=1",
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.kernels=scalar"})
    public Matrix scalar() {
        return answers.of(inputs);
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsPrepend = "-Dlanewise.threads=1",
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.kernels=simd"})
    public Matrix simd() {
        return answers.of(inputs);
    }
}
