package io.github.lanewise.bench;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.dispatch.KernelDispatch;
import io.github.lanewise.engine.internal.scalar.ScalarKernels;
import io.github.lanewise.engine.internal.simd.SimdKernels;

/** Makes kernels by the name of their set; the engine itself chooses only one set in a JVM. */
public final class KernelsUnderTest {

    private KernelsUnderTest() {}

    /**
     * Returns the kernels of a set, with every check and hand-over that a user's call goes through.
     */
    public static Kernels of(String set, int threads) {
        return of(setNamed(set), threads);
    }

    /** Returns the kernels of any set, likewise. */
    public static Kernels of(KernelSet set, int threads) {
        return new KernelDispatch(family -> set, threads);
    }

    /** Returns the kernels that define the right bits. */
    public static Kernels reference() {
        return of("scalar", 1);
    }

    private static KernelSet setNamed(String set) {
        return switch (set) {
            case "scalar" -> ScalarKernels.create();
            case "simd" -> SimdKernels.create();
            default ->
                    throw new IllegalArgumentException(
                            "kernels: is '%s'; it must be scalar or simd".formatted(set));
        };
    }
}
