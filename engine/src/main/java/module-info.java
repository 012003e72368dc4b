/** Kernels on float arrays; the incubating Vector API is used where the JVM has it. */
module io.github.lanewise.engine {
    requires static jdk.incubator.vector;

    exports io.github.lanewise.engine;
}
