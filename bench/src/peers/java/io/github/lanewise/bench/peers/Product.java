package io.github.lanewise.bench.peers;

/** c = op(a) op(b) in one library, with operands at hand. */
interface Product extends AutoCloseable {

    /** Computes c once. */
    void multiply();

    /** Returns a copy of c, row-major. */
    float[] result();

    /** Frees what lies outside the heap. */
    @Override
    default void close() {}
}
