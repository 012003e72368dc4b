package io.github.lanewise.engine;

/** The kernel set of this JVM, picked once, and what it is. (Skeleton: being written.) */
public final class Engine {

    private Engine() {}

    /** Returns the kernels of this JVM; any number of threads may share them. */
    public static Kernels kernels() {
        throw new UnsupportedOperationException("being written");
    }

    /** Returns the name of the kernel set: simd or scalar. */
    public static String kernelSet() {
        throw new UnsupportedOperationException("being written");
    }

    /** Returns the width of the vectors in bits; 32 for scalar kernels. */
    public static int vectorBits() {
        throw new UnsupportedOperationException("being written");
    }

    /** Returns how many threads a kernel call may use. */
    public static int threads() {
        throw new UnsupportedOperationException("being written");
    }

    /** Describes the kernel set, width and threads, and why they were chosen, one fact a line. */
    public static String describe() {
        throw new UnsupportedOperationException("being written");
    }
}
