package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.util.List;

/** Something that reads bytes from outside. */
interface FuzzTarget extends AutoCloseable {

    /** Returns what its folder of the corpus is called. */
    String name();

    /** Returns sound inputs, from which others are made. */
    List<byte[]> seeds() throws Exception;

    /** Reads bytes, and checks what came of them. */
    void read(byte[] input) throws Exception;

    /** Returns whether the documentation says that this may come of broken bytes. */
    boolean isDocumented(Exception e);

    /** Returns what it may allocate for nothing: buffers, and classes at their first use. */
    default long freeBytes() {
        return 8L << 20;
    }

    /** Ends what it started. */
    @Override
    default void close() throws IOException {}
}
