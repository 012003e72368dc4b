package io.github.lanewise.bench;

import io.github.lanewise.engine.internal.simd.SimdKernels;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many multiply-adds can a core do, with nothing to load or store?
 *
 * <p>Run: {@code bench/run FmaPeak}, or with JMH's {@code -t 2} for two threads. Microseconds per
 * {@link #FLOPS} operations; the table of {@code bench/run} takes its 100 % from here. The vectors are
 * as wide as the SIMD kernels'.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FmaPeakBenchmark {

    private static final VectorSpecies<Float> LANES =
            VectorSpecies.of(
                    float.class, VectorShape.forBitSize(SimdKernels.create().vectorBits()));

    private static final int ROUNDS = 2_000;

    /** Chains of multiply-adds: two pipes of four cycles need eight, sixteen registers allow twelve. */
    private static final int CHAINS = 12;

    /** Floating-point operations of one call; an fma counts as two. */
    public static final double FLOPS = 2.0 * CHAINS * ROUNDS * LANES.length();

    private float start = 1;

    @Benchmark
    public float fma() {
        FloatVector x = FloatVector.broadcast(LANES, 0.5f);
        FloatVector y = FloatVector.broadcast(LANES, start);
        FloatVector s0 = y, s1 = y, s2 = y, s3 = y, s4 = y, s5 = y;
        FloatVector s6 = y, s7 = y, s8 = y, s9 = y, s10 = y, s11 = y;
        for (int i = 0; i < ROUNDS; i++) {
            s0 = s0.fma(x, y);
            s1 = s1.fma(x, y);
            s2 = s2.fma(x, y);
            s3 = s3.fma(x, y);
            s4 = s4.fma(x, y);
            s5 = s5.fma(x, y);
            s6 = s6.fma(x, y);
            s7 = s7.fma(x, y);
            s8 = s8.fma(x, y);
            s9 = s9.fma(x, y);
            s10 = s10.fma(x, y);
            s11 = s11.fma(x, y);
        }
        FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
        return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }
}
