package io.github.lanewise.nn.distributed;

import java.time.Duration;

/** Splits the time of the thread that trains into computing and waiting; used by that thread. */
final class Stopwatch {

    private final long[] waitedFor;
    private final int rank;
    private long steps;
    private long computed;
    private long waited;
    private long entered;
    private long left;
    private boolean begun;

    Stopwatch(int rank, int size) {
        this.rank = rank;
        this.waitedFor = new long[size];
    }

    void step() {
        steps++;
    }

    /** A call of the collective begins. */
    void enter() {
        entered = System.nanoTime();
        if (begun) {
            computed += entered - left;
        }
        begun = true;
    }

    /** Time passed in the call until a rank's values were there. */
    void waitedFor(int peer, long nanos) {
        waitedFor[peer] += nanos;
    }

    /** The call ends. */
    void leave() {
        left = System.nanoTime();
        waited += left - entered;
    }

    CollectiveReport report(long sendNanos, long bytesSent, long bytesReceived) {
        int slowest = rank;
        for (int r = 0; r < waitedFor.length; r++) {
            if (r != rank && waitedFor[r] > (slowest == rank ? 0 : waitedFor[slowest])) {
                slowest = r;
            }
        }
        return new CollectiveReport(
                rank,
                steps,
                Duration.ofNanos(computed),
                Duration.ofNanos(waited),
                Duration.ofNanos(sendNanos),
                bytesSent,
                bytesReceived,
                slowest,
                Duration.ofNanos(slowest == rank ? 0 : waitedFor[slowest]));
    }
}
