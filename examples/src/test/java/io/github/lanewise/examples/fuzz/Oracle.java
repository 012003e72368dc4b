package io.github.lanewise.examples.fuzz;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What must hold for every input of every target: a documented exception or none, with a message of
 * one line; memory that the size of the input justifies; little time.
 */
final class Oracle {

    /** Deflate makes up to 1,032 bytes of one, and a float of a byte four. */
    private static final long BYTES_PER_BYTE = 1032 * 5;

    private static final long MOST_SECONDS = 5;
    private static final int LONGEST_MESSAGE = 4000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Oracle() {}

    /**
     * Reads an input; a fault is an AssertionError that says which. What costs too much is read
     * again: the first time, classes may have been loaded and instrumented, or others may have had
     * the processor, of which the second time only the thread's own part counts.
     */
    static void check(FuzzTarget target, byte[] input) {
        if (cost(target, input, System::nanoTime) != null) {
            String cost = cost(target, input, THREADS::getCurrentThreadCpuTime);
            require(cost == null, cost, null);
        }
    }

    /** Returns what was spent that the input does not justify, or null. */
    private static String cost(FuzzTarget target, byte[] input, LongSupplier clock) {
        long time = clock.getAsLong();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        read(target, input);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - time);
        if (seconds >= MOST_SECONDS) {
            return "it took %d s".formatted(seconds);
        }
        return bytes < target.freeBytes() + BYTES_PER_BYTE * input.length
                ? null
                : "%,d bytes allocated for %,d".formatted(bytes, input.length);
    }

    private static void read(FuzzTarget target, byte[] input) {
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
    }

    private static void require(boolean holds, String fault, Exception cause) {
        if (!holds) {
            throw new AssertionError(cause == null ? fault : fault + ": " + cause, cause);
        }
    }
}
