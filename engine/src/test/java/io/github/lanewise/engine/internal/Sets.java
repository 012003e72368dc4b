package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.internal.scalar.ScalarKernels;
import io.github.lanewise.engine.internal.simd.SimdPointwise;
import io.github.lanewise.engine.internal.simd.SimdRows;
import io.github.lanewise.engine.internal.simd.SimdUpdates;

/** The kernel sets that the family tests compare. */
final class Sets {

    private Sets() {}

    /**
     * Returns whether this JVM has the Vector API; JUnit's {@code @EnabledIf} names this method.
     */
    static boolean hasVectorApi() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** Returns the reference. */
    static KernelSet scalar() {
        return ScalarKernels.create();
    }

    /** Returns the kernels under test; without products, which have tests of their own. */
    static KernelSet simd() {
        int bits = Settings.current().vectorBits();
        return new KernelSet(
                "simd", bits, null, new SimdPointwise(), new SimdUpdates(), new SimdRows());
    }
}
