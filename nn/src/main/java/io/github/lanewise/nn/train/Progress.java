package io.github.lanewise.nn.train;

import java.util.Optional;

/**
 * Where a {@link Trainer#fit} stands: one object for the whole call, valid during a callback.
 *
 * <p>Loss and accuracy are means over the samples that this epoch has seen so far, each measured
 * before the step that its batch led to.
 */
public final class Progress {

    private static final double SECOND = 1e9;

    private final int epochs;
    private final int batches;
    private final int size;
    private final Tally tally = new Tally();
    private int epoch;
    private int batch;
    private float batchLoss;
    private long begin;
    private long end;
    private boolean stopped;
    private Evaluation validation;

    Progress(int epochs, int batches, int size) {
        this.epochs = epochs;
        this.batches = batches;
        this.size = size;
    }

    /** Returns the running epoch of this call, from 1. */
    public int epoch() {
        return epoch;
    }

    /** Returns how many epochs were asked for. */
    public int epochs() {
        return epochs;
    }

    /** Returns how many batches of the epoch are done. */
    public int batch() {
        return batch;
    }

    /** Returns how many batches an epoch has, the last of which may be smaller. */
    public int batches() {
        return batches;
    }

    /** Returns how many samples of the epoch are done. */
    public int samples() {
        return tally.samples();
    }

    /** Returns how many samples an epoch has. */
    public int size() {
        return size;
    }

    /** Returns the mean loss of the epoch so far; NaN before the first batch. */
    public double loss() {
        return tally.loss();
    }

    /** Returns the loss of the last batch. */
    public float batchLoss() {
        return batchLoss;
    }

    /** Returns the share of right classes of the epoch so far; NaN where targets are not labels. */
    public double accuracy() {
        return tally.accuracy();
    }

    /** Returns the seconds that the epoch has taken so far, its validation not counted. */
    public double seconds() {
        return ((end != 0 ? end : System.nanoTime()) - begin) / SECOND;
    }

    /** Returns how the epoch did on {@link Trainer#validation}, if there is one and it is over. */
    public Optional<Evaluation> validation() {
        return Optional.ofNullable(validation);
    }

    /** Ends training after the batch or epoch whose callback calls this. */
    public void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    void beginEpoch() {
        epoch++;
        batch = 0;
        tally.clear();
        batchLoss = Float.NaN;
        validation = null;
        end = 0;
        begin = System.nanoTime();
    }

    /** Counts a batch in; a negative count of right classes says that targets are not labels. */
    void endBatch(int rows, float loss, int right) {
        batch++;
        batchLoss = loss;
        tally.add(rows, loss, right);
    }

    void endTraining() {
        end = System.nanoTime();
    }

    void validation(Evaluation evaluation) {
        validation = evaluation;
    }
}
