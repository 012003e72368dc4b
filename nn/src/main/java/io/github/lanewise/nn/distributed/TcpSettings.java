package io.github.lanewise.nn.distributed;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/**
 * How long a {@link TcpCollective} waits, and for what.
 *
 * @param deadline how long a worker may be silent before it is given up; workers that compute give
 *     a sign of life four times in that time by themselves
 * @param joinWithin how long all workers have to come together
 * @param listener a bound port to be used instead of opening one, or null; closed once all workers
 *     are connected
 */
public record TcpSettings(Duration deadline, Duration joinWithin, ServerSocketChannel listener) {

    private static final Duration SHORTEST = Duration.ofMillis(40);

    /** Thirty seconds of silence, five minutes to come together. */
    public TcpSettings() {
        this(Duration.ofSeconds(30), Duration.ofMinutes(5), null);
    }

    /**
     * Makes settings.
     *
     * @throws IllegalArgumentException if a time is shorter than 40 ms
     */
    public TcpSettings {
        if (deadline.compareTo(SHORTEST) < 0 || joinWithin.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "TcpSettings: deadline is %s, joinWithin is %s; both must be at least %s"
                            .formatted(deadline, joinWithin, SHORTEST));
        }
    }

    /** Returns these settings with another time of silence. */
    public TcpSettings withDeadline(Duration deadline) {
        return new TcpSettings(deadline, joinWithin, listener);
    }

    /** Returns these settings with another time to come together. */
    public TcpSettings withJoinWithin(Duration joinWithin) {
        return new TcpSettings(deadline, joinWithin, listener);
    }

    /**
     * Returns these settings with a port that is bound already, for instance to any free number.
     */
    public TcpSettings withListener(ServerSocketChannel listener) {
        return new TcpSettings(deadline, joinWithin, listener);
    }
}
