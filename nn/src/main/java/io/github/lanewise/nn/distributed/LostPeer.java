package io.github.lanewise.nn.distributed;

/** Ends the network thread's work: one worker is lost, and why. */
final class LostPeer extends RuntimeException {

    private static final long serialVersionUID = 1;

    final int rank;
    final String reason;
    private final long step;

    LostPeer(int rank, long step, String reason, String message) {
        super(message);
        this.rank = rank;
        this.step = step;
        this.reason = reason;
    }

    WorkerLostException exception() {
        return new WorkerLostException(rank, step, getMessage());
    }
}
