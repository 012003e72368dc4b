package io.github.lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * How long does one training step take: forward, loss, backward, update?
 *
 * <p>Run: {@code bench/run TrainingStep}. Microseconds per step; the table of {@code bench/run}
 * adds GFLOP/s of the products alone. The shapes are the networks of {@link Workload}, or others of
 * linear layers, trained by SGD with momentum and weight decay. The methods are the kernel sets,
 * each in a JVM that is told to take it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TrainingStepBenchmark {

    @Param({"M1", "M2", "M3", "M4", "M5", "M6", "M7"})
    private String shape;

    @Param("1")
    private int threads;

    private BoundNet step;
    private OurBatch batch;

    @Setup
    public void check() {
        EngineThreads.require(threads);
        ScalarReference.requireSameParameters(shape);
    }

    /** Starts over, since after many steps on one batch dead weights decay to slow subnormals. */
    @Setup(Level.Iteration)
    public void initialize() {
        TrainedNet net = TrainedNet.parse(shape);
        step = new BoundNet(net);
        batch = OurBatch.madeUp(net);
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsPrepend = "-Dlanewise.threads=1",
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.kernels=scalar"})
    public float scalar() {
        return step.run(batch);
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsPrepend = "-Dlanewise.threads=1",
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.kernels=simd"})
    public float simd() {
        return step.run(batch);
    }
}
