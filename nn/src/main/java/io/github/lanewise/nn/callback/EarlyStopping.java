package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;

/**
 * Stops when a measure has not got better for some epochs, and gives the model the weights of its
 * best epoch at the end, however the end came about.
 *
 * <pre>{@code
 * trainer.validation(held).fit(data, 100, 64, new EarlyStopping().patience(5));
 * }</pre>
 *
 * <p>By default it watches {@code val_loss}, waits for no epoch, and takes any change for the
 * better. What it saw of a model it forgets when another one is trained. A measure whose name ends
 * in {@code loss}, {@code error} or {@code perplexity} is better the lower it is, any other the
 * higher; {@link #mode} says otherwise. States such as running statistics come back with the
 * weights. NaN is never better. If the validation is measured with averaged weights, what is best
 * by it are these.
 */
public final class EarlyStopping implements TrainerCallback {

    /** Which way is better. */
    public enum Mode {
        /** Lower is better. */
        MIN,
        /** Higher is better. */
        MAX
    }

    private final Monitor monitor = new Monitor();
    private int patience;
    private double baseline = Double.NaN;
    private int startFromEpoch;
    private boolean restoreBestWeights = true;

    private final BestWeights weights = new BestWeights();
    private int bestEpoch;
    private int waited;
    private Layer watched;
    private boolean resumed;

    /** Makes it with the defaults. */
    public EarlyStopping() {}

    /** Sets the measure to watch, by name: see {@link Progress#metric}. */
    public EarlyStopping monitor(String name) {
        monitor.name(name);
        return this;
    }

    /**
     * Sets how many epochs in a row may be no better before it stops; 0 unless set.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public EarlyStopping patience(int epochs) {
        Numbers.requireNotNegative("EarlyStopping", "patience", epochs);
        patience = epochs;
        return this;
    }

    /**
     * Sets by how much the measure must get better to count; 0 unless set.
     *
     * @throws IllegalArgumentException if it is negative, NaN or infinite
     */
    public EarlyStopping minDelta(double difference) {
        Numbers.requireNotNegative("EarlyStopping", "minDelta", difference);
        monitor.minDelta(difference);
        return this;
    }

    /** Sets which way is better. */
    public EarlyStopping mode(Mode better) {
        monitor.mode(better);
        return this;
    }

    /**
     * Sets what must be reached: as long as it is not, epochs count as no better.
     *
     * @throws IllegalArgumentException if it is NaN
     */
    public EarlyStopping baseline(double reached) {
        if (Double.isNaN(reached)) {
            throw new IllegalArgumentException("EarlyStopping: baseline is NaN; give a number");
        }
        baseline = reached;
        return this;
    }

    /**
     * Sets how many epochs at the start are not looked at; 0 unless set.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public EarlyStopping startFromEpoch(int epochs) {
        Numbers.requireNotNegative("EarlyStopping", "startFromEpoch", epochs);
        startFromEpoch = epochs;
        return this;
    }

    /** Sets whether the model gets its best weights at the end; true unless set. */
    public EarlyStopping restoreBestWeights(boolean restore) {
        restoreBestWeights = restore;
        return this;
    }

    /** Returns the best measure so far; NaN before the first. */
    public double best() {
        return monitor.best();
    }

    /** Returns the epoch of the best measure, from 1; 0 before the first. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there will be no measure of that name
     */
    @Override
    public void onTrainBegin(Progress progress) {
        progress.requireMetric(monitor.name());
        if (watched != null && watched != progress.model() && !resumed) {
            monitor.forget();
            weights.forget();
            bestEpoch = 0;
            waited = 0;
        }
        watched = progress.model();
        resumed = false;
    }

    @Override
    public void onEpochEnd(Progress progress) {
        if (progress.epoch() <= startFromEpoch) {
            return;
        }
        double measure = progress.metric(monitor.name());
        waited++;
        if (monitor.improve(measure)) {
            bestEpoch = progress.epoch();
            if (restoreBestWeights) {
                monitor.withWeights(progress, () -> weights.copy(progress.model()));
            }
            if (Double.isNaN(baseline) || monitor.isBetter(measure, baseline)) {
                waited = 0;
            }
        }
        if (waited > patience) {
            progress.stop();
        }
    }

    @Override
    public void onTrainEnd(Progress progress) {
        if (restoreBestWeights && bestEpoch > 0) {
            weights.restore(progress.model());
        }
    }

    @Override
    public void save(StateWriter out) {
        monitor.save(out);
        out.put("bestEpoch", bestEpoch).put("waited", waited);
        weights.save(out.in("weights"));
    }

    @Override
    public void load(StateReader in) throws IOException {
        resumed = true;
        monitor.load(in);
        bestEpoch = in.get("bestEpoch").asInt();
        waited = in.get("waited").asInt();
        weights.load(in.in("weights"));
    }
}
