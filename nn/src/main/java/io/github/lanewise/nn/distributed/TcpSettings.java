package io.github.lanewise.nn.distributed;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/**
 * How long a {@link TcpCollective} waits, for what, and how it guards its bytes.
 *
 * @param deadline how long a worker may be silent before it is given up; workers that compute give
 *     a sign of life four times in that time by themselves
 * @param joinWithin how long all workers have to come together
 * @param listener a bound port to be used instead of opening one, or null; closed once all workers
 *     are connected
 * @param tls encrypts all connections, and lets in only who shows a certificate that it trusts;
 *     null for plain connections: see {@link Tls}
 */
public record TcpSettings(
        Duration deadline, Duration joinWithin, ServerSocketChannel listener, SSLContext tls) {

    private static final Duration SHORTEST = Duration.ofMillis(40);

    /** Thirty seconds of silence, five minutes to come together. */
    public TcpSettings() {
        this(Duration.ofSeconds(30), Duration.ofMinutes(5), null, null);
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
        return new TcpSettings(deadline, joinWithin, listener, tls);
    }

    /** Returns these settings with another time to come together. */
    public TcpSettings withJoinWithin(Duration joinWithin) {
        return new TcpSettings(deadline, joinWithin, listener, tls);
    }

    /**
     * Returns these settings with a port that is bound already, for instance to any free number.
     */
    public TcpSettings withListener(ServerSocketChannel listener) {
        return new TcpSettings(deadline, joinWithin, listener, tls);
    }

    /** Returns these settings with TLS 1.3 on all connections; all workers must have it. */
    public TcpSettings withTls(SSLContext tls) {
        return new TcpSettings(deadline, joinWithin, listener, tls);
    }
}
