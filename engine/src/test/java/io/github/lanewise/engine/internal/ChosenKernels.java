package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.internal.dispatch.KernelDispatch;
import io.github.lanewise.engine.internal.scalar.ScalarKernels;
import io.github.lanewise.engine.internal.selection.KernelSelector;
import io.github.lanewise.engine.internal.simd.support.VectorWidth;

import org.junit.jupiter.api.Assumptions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernel set that this JVM chose, and the scalar reference to compare it with.
 *
 * <p>The build runs the contract suite once for each configuration of the JVM and says in {@code
 * lanewise.test.expect} which set must come out of it (scalar, simd-128, simd-256, simd-512), so
 * that a run for SIMD can never pass on scalar kernels.
 */
public final class ChosenKernels {

    private static final KernelSet SCALAR = ScalarKernels.create();

    /** One team for each number of threads, whose workers stay for all tests. */
    private static final Map<Integer, Kernels> BY_THREADS = new ConcurrentHashMap<>();

    private ChosenKernels() {}

    /** Returns the chosen set's kernels on so many threads; fails if it is not the one expected. */
    static Kernels onThreads(int threads) {
        checkExpectation();
        return BY_THREADS.computeIfAbsent(threads, ChosenKernels::start);
    }

    private static Kernels start(int threads) {
        KernelSet set = KernelSelector.select(Settings.read()).set();
        return new KernelDispatch(family -> set, threads);
    }

    /** Returns the chosen set itself, for tests of one family; fails if it is not the expected. */
    public static KernelSet set() {
        checkExpectation();
        return KernelSelector.select(Settings.read()).set();
    }

    public static KernelSet scalar() {
        return SCALAR;
    }

    static Kernels reference() {
        return new KernelDispatch(family -> SCALAR, 1);
    }

    /** Skips where the CPU lacks the width that this run is for; fails on any other difference. */
    public static void checkExpectation() {
        String expected = System.getProperty("lanewise.test.expect", "");
        if (expected.startsWith("simd-")) {
            int bits = Integer.parseInt(expected.substring("simd-".length()));
            Assumptions.assumeTrue(
                    bits <= VectorWidth.widest(),
                    () ->
                            "this CPU has no %d-bit vectors: %s not tested"
                                    .formatted(bits, expected));
        }
        if (!expected.isEmpty()) {
            String actual =
                    Engine.kernelSet().equals("simd") ? "simd-" + Engine.vectorBits() : "scalar";
            assertEquals(expected, actual, "kernel set of this JVM: " + Engine.describe());
        }
    }
}
