package io.github.lanewise.engine.internal.simd.support;

import jdk.incubator.vector.VectorShape;

/** What vectors this JVM has, asked before any kernel is chosen. */
public final class VectorWidth {

    private VectorWidth() {}

    /** Returns the width in bits of the widest vectors that the JVM compiles to instructions. */
    public static int widest() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    /** Returns whether vector code is compiled; else it is hundreds of times slower. */
    public static boolean isCompiled() {
        return compilesVectors(System.getProperty("java.vm.info", "")) && widest() >= 128;
    }

    /**
     * HotSpot calls itself an emulated client where flags leave it C1 alone, which knows no
     * vectors.
     */
    static boolean compilesVectors(String mode) {
        return !mode.contains("interpreted") && !mode.contains("emulated-client");
    }
}
