package io.github.lanewise.serve;

import java.time.Duration;
import java.util.Locale;

/**
 * What a service takes at most.
 *
 * @param bodyBytes of a request
 * @param rows of a request
 * @param depth of objects and arrays of JSON in each other
 * @param computing requests that are computed at once
 * @param waiting requests that wait for that
 * @param longestWait of one of those
 * @param longestRequest time for computing one
 */
public record Limits(
        int bodyBytes,
        int rows,
        int depth,
        int computing,
        int waiting,
        Duration longestWait,
        Duration longestRequest) {

    /** 1 MiB, 10,000 rows, depth 20, as many as cores, 64 for a second, 10 seconds. */
    public static final Limits DEFAULTS =
            new Limits(
                    1 << 20,
                    10_000,
                    20,
                    Runtime.getRuntime().availableProcessors(),
                    64,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    /** More than this the reader of JSON does not take. */
    private static final int MOST_BYTES = 100_000_000;

    /** Checks that all are positive; only the number that waits may be 0. */
    public Limits {
        require("bodyBytes", bodyBytes, 1);
        if (bodyBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Limits: bodyBytes is %d; it must be %d or less",
                            bodyBytes,
                            MOST_BYTES));
        }
        require("rows", rows, 1);
        require("depth", depth, 1);
        require("computing", computing, 1);
        require("waiting", waiting, 0);
        require("longestWait in ns", longestWait.toNanos(), 1);
        require("longestRequest in ns", longestRequest.toNanos(), 1);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Limits: %s is %d; it must be %d or more",
                            name,
                            value,
                            least));
        }
    }

    /** Returns these with another length of a request's body. */
    public Limits bodyBytes(int most) {
        return new Limits(most, rows, depth, computing, waiting, longestWait, longestRequest);
    }

    /** Returns these with another number of requests that are computed at once. */
    public Limits computing(int most) {
        return new Limits(bodyBytes, rows, depth, most, waiting, longestWait, longestRequest);
    }

    /** Returns these with another number of requests that wait. */
    public Limits waiting(int most) {
        return new Limits(bodyBytes, rows, depth, computing, most, longestWait, longestRequest);
    }

    /** Returns these with another longest wait. */
    public Limits longestWait(Duration longest) {
        return new Limits(bodyBytes, rows, depth, computing, waiting, longest, longestRequest);
    }

    /** Returns these with another longest time of a request. */
    public Limits longestRequest(Duration longest) {
        return new Limits(bodyBytes, rows, depth, computing, waiting, longestWait, longest);
    }
}
