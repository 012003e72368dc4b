package io.github.lanewise.engine.internal.simd;

import jdk.incubator.vector.VectorShape;

/** What vectors this JVM has, asked before any kernel is chosen. */
public final class VectorWidth {

    private VectorWidth() {}

    /** Returns the width in bits of the widest vectors that the JVM compiles to instructions. */
    public static int widest() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    /** Returns whether vector code is compiled; the interpreter's is hundreds of times slower. */
    public static boolean isCompiled() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("interpreted") && widest() >= 128;
    }
}
