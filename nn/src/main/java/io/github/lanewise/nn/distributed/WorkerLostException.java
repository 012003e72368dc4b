package io.github.lanewise.nn.distributed;

/**
 * A worker is lost, and with it the run: the message names its rank, the step, when it was last
 * heard and why it is given up. Every other worker gets this exception within the deadline; what is
 * to be done is to end (by custom with exit code 3) and to start all workers again from the last
 * checkpoint.
 */
public final class WorkerLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int rank;
    private final long step;

    /**
     * Describes a lost worker.
     *
     * @param rank its rank
     * @param step the step at which this worker noticed
     * @param message what happened
     */
    public WorkerLostException(int rank, long step, String message) {
        super(message);
        this.rank = rank;
        this.step = step;
    }

    /** The same loss, thrown once more in another thread. */
    WorkerLostException(WorkerLostException first) {
        super(first.getMessage(), first);
        this.rank = first.rank;
        this.step = first.step;
    }

    /** Returns the rank of the lost worker. */
    public int rank() {
        return rank;
    }

    /** Returns the step that the worker which noticed was at. */
    public long step() {
        return step;
    }
}
