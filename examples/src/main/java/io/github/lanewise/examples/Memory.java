package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;

/** Names what did not fit into the memory of this JVM, instead of a bare error. */
final class Memory {

    private static final long MEGABYTE = 1 << 20;

    private Memory() {}

    /** A step of work that needs memory. */
    interface Step<T> {
        T run() throws IOException;
    }

    /**
     * Does a step.
     *
     * @param what needs the memory, for example the images
     * @param smaller what the user can make smaller, or nothing
     * @throws BadInput if the memory is not enough
     */
    static <T> T need(String what, String smaller, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (OutOfMemoryError e) {
            throw new BadInput(complaint(what, smaller, e), e);
        }
    }

    /** Returns the message; a JVM's limit of an array's length is no matter of memory. */
    static String complaint(String what, String smaller, OutOfMemoryError failure) {
        String message = String.valueOf(failure.getMessage());
        String or = smaller.isEmpty() ? "" : "take a smaller " + smaller + ", or ";
        if (message.contains("thread")) {
            return text(
                    "%s: the system starts no more threads; %sraise its limit (ulimit -u)",
                    what, or);
        }
        if (message.contains("array size")) {
            return text(
                    "%s: more numbers than the longest Java array holds; %sgive less data",
                    what, or);
        }
        return text(
                "%s: more than fits into the %,d MB that this JVM may take; %sgive it more,"
                        + " for example -Xmx%dg",
                what, Runtime.getRuntime().maxMemory() / MEGABYTE, or, twice());
    }

    private static long twice() {
        return Math.max(1, 2 * Runtime.getRuntime().maxMemory() / (MEGABYTE << 10));
    }
}
