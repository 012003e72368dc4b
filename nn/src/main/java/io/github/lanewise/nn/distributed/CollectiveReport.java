package io.github.lanewise.nn.distributed;

import java.time.Duration;
import java.util.Locale;

/**
 * Where one worker's time and bytes went.
 *
 * @param rank the worker
 * @param steps how many steps it has begun
 * @param computing between the calls of the collective, from the first call on
 * @param waiting inside the calls
 * @param sending copying, checking and writing what goes out; runs beside the other two
 * @param bytesSent all bytes written, frames' headers included
 * @param bytesReceived all bytes read
 * @param slowestPeer the rank for which this worker waited longest; its own if it never waited
 * @param waitForSlowest how long it waited for that one: until its last values arrived, and nobody
 *     else's were missing
 */
public record CollectiveReport(
        int rank,
        long steps,
        Duration computing,
        Duration waiting,
        Duration sending,
        long bytesSent,
        long bytesReceived,
        int slowestPeer,
        Duration waitForSlowest) {

    /** Returns one line for a log. */
    @Override
    public String toString() {
        String line =
                String.format(
                        Locale.ROOT,
                        "rank %d: %d steps, compute %.3f s, wait %.3f s, send %.3f s,"
                                + " %.1f MB sent, %.1f MB received",
                        rank,
                        steps,
                        seconds(computing),
                        seconds(waiting),
                        seconds(sending),
                        bytesSent / 1e6,
                        bytesReceived / 1e6);
        if (slowestPeer == rank) {
            return line;
        }
        return line
                + String.format(
                        Locale.ROOT,
                        ", slowest peer %d (%.3f s)",
                        slowestPeer,
                        seconds(waitForSlowest));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
