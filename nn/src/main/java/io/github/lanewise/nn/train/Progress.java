package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.optim.Optimizer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Where a {@link Trainer#fit} stands: one object for the whole call, valid during a callback.
 *
 * <p>Loss and accuracy are means over the samples that this epoch has seen so far, each measured
 * before the step that its batch led to.
 */
public final class Progress {

    private static final double SECOND = 1e9;

    private final int epochs;
    private int batches;
    private int size;
    private final Layer model;
    private final Optimizer optimizer;
    private final Tally tally;
    private int epoch;
    private int batch;
    private float batchLoss;
    private long begin;
    private long end;
    private boolean stopped;
    private boolean toldToStop;
    private boolean agreement;
    private boolean stepLeftOut;
    private Matrix inputs;
    private Evaluation validation;
    private boolean validated;
    private WeightAverage average;

    Progress(Layer model, Optimizer optimizer, List<Metric> metrics, int epochs) {
        this.model = model;
        this.optimizer = optimizer;
        this.tally = new Tally(metrics);
        this.epochs = epochs;
    }

    /** Says how long an epoch is. */
    void extent(int batches, int size) {
        this.batches = batches;
        this.size = size;
    }

    /** Says whether each epoch ends with a validation. */
    void validated(boolean whether) {
        validated = whether;
    }

    /** Says with which averaged weights the validation is measured; null for none. */
    void averaged(WeightAverage weights) {
        average = weights;
    }

    /**
     * Does something with the weights with which the validation is measured, such as keeping them:
     * the averaged ones after {@link Trainer#validationWith}, else the model's own.
     */
    public void withValidatedWeights(Runnable action) {
        if (average == null) {
            action.run();
            return;
        }
        average.use(
                () -> {
                    action.run();
                    return null;
                });
    }

    /**
     * Checks that the epochs of this call have a measure of this name, so that a callback can say
     * so before the first one.
     *
     * @throws IllegalArgumentException if they do not; the message names those that they have
     */
    public void requireMetric(String name) {
        Evaluation like = training();
        Measures.of(like, validated ? like : null).get(name);
    }

    /** Returns the model that is trained. */
    public Layer model() {
        return model;
    }

    /** Returns the optimizer that changes it. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Returns a measure of the epoch so far by name: {@code loss}, {@code accuracy}, the name of a
     * metric, or, after the validation, one of these with {@code val_} before it.
     *
     * @throws IllegalArgumentException if there is none of this name, or not yet
     */
    public double metric(String name) {
        return Measures.of(training(), validation).get(name);
    }

    /** Returns all measures of the epoch so far, by name. */
    public SequencedMap<String, Double> measures() {
        return Measures.of(training(), validation).byName();
    }

    /** Returns how training did in this epoch so far. */
    Evaluation training() {
        return tally.evaluation();
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

    /** Returns the mean loss of the epoch so far, over what counts; NaN before the first batch. */
    public double loss() {
        return tally.loss();
    }

    /** Returns the loss of the last batch. */
    public float batchLoss() {
        return batchLoss;
    }

    /**
     * Returns the share of right predictions of the epoch so far; NaN where the loss knows none.
     */
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

    /**
     * Ends training after the batch or epoch whose callback calls this, on one worker or several.
     */
    public void stop() {
        toldToStop = true;
        stopped |= !agreement;
    }

    /** Ends training without the step whose gradients are there: see {@link TrainerCallback}. */
    public void stopBeforeStep() {
        stop();
        stepLeftOut = true;
    }

    boolean isStepLeftOut() {
        return stepLeftOut;
    }

    /**
     * Returns the inputs of the last batch, a row for each sample; the next batch overwrites them.
     * Null before the first.
     */
    public Matrix inputs() {
        return inputs;
    }

    boolean stopped() {
        return stopped;
    }

    /** Says that there are several workers, who stop together once one of them is told to. */
    void stopByAgreement() {
        agreement = true;
    }

    boolean isToldToStop() {
        return toldToStop;
    }

    /** Stops, as all workers do now. */
    void agreeToStop() {
        stopped = true;
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

    /** Counts a batch in. */
    void endBatch(Step step, float loss, Matrix inputs, Targets targets) {
        this.inputs = inputs;
        batch++;
        batchLoss = loss;
        tally.add(step.loss(), loss, step.outputs(), targets);
    }

    /** Counts a batch in that was computed in shards. */
    void endBatch(ShardMeasures shards, Matrix inputs, Matrix outputs, Targets targets) {
        this.inputs = inputs;
        batch++;
        batchLoss = shards.loss();
        tally.add(shards, outputs, targets);
    }

    /** Writes where the running epoch stands. */
    void save(StateWriter out) {
        out.put("epoch", epoch).put("batch", batch).put("seconds", seconds());
        out.put("batchLoss", batchLoss);
        tally.save(out.in("tally"));
    }

    /** Goes on where {@link #save} left off. */
    void load(StateReader in) throws IOException {
        epoch = in.get("epoch").asInt();
        batch = in.get("batch").asInt();
        batchLoss = in.get("batchLoss").asFloat();
        validation = null;
        end = 0;
        begin = System.nanoTime() - (long) (in.get("seconds").asDouble() * SECOND);
        tally.load(in.in("tally"));
    }

    void endTraining() {
        end = System.nanoTime();
    }

    void validation(Evaluation evaluation) {
        validation = evaluation;
    }
}
