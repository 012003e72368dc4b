package io.github.lanewise.examples.fuzz;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What must hold for every input of every target: a documented exception or none, with a message of
 * one line; memory that the size of the input justifies; little time.
 */
final class Oracle {

    /** What a reader may allocate for nothing: buffers, and classes at their first use. */
    private static final long CONSTANT_BYTES = 16L << 20;

    /** Deflate makes up to 1,032 bytes of one, and a float of a byte four. */
    private static final long BYTES_PER_BYTE = 1032 * 5;

    private static final long MOST_SECONDS = 5;
    private static final int LONGEST_MESSAGE = 4000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Oracle() {}

    /** Reads an input; a fault is an AssertionError that says which. */
    static void check(FuzzTarget target, byte[] input) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        try {
            target.read(input);
        } catch (Exception e) {
            require(target.isDocumented(e), "an exception that is not documented", e);
            String message = e.getMessage();
            require(message != null && !message.isBlank(), "no message", e);
            require(message.length() < LONGEST_MESSAGE, "a message without end", e);
            require(message.lines().count() == 1, "a message of several lines", e);
        } catch (Error e) {
            throw new AssertionError("%s: %s".formatted(target.name(), e), e);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(THREADS.getCurrentThreadCpuTime() - time);
        require(seconds < MOST_SECONDS, "it took %d s".formatted(seconds), null);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        long most = CONSTANT_BYTES + BYTES_PER_BYTE * input.length;
        require(bytes < most, "%,d bytes for %,d".formatted(bytes, input.length), null);
    }

    private static void require(boolean holds, String fault, Exception cause) {
        if (!holds) {
            throw new AssertionError(cause == null ? fault : fault + ": " + cause, cause);
        }
    }
}
