package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.internal.scalar.ScalarKernels;

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

    /** Returns the kernels under test. */
    static KernelSet simd() {
        return KernelSelector.select(Settings.read()).set();
    }
}
