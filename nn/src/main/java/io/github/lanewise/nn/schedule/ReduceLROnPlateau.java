package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * Lowers the rate when a measure has not got better for some epochs: PyTorch's scheduler of this
 * name. By default the measure is the validation loss (the training loss where there is no
 * validation), and to get better means to fall by more than 0.0001 of the best's size. (PyTorch
 * multiplies the best by 1 - 0.0001, so that of negative measures each counts as better.)
 *
 * <pre>{@code
 * trainer.fit(data, 100, 64, new ReduceLROnPlateau(0.1).patience(5).perEpoch(optimizer));
 * }</pre>
 */
public final class ReduceLROnPlateau {

    /** Smaller changes of the rate than this are not made. */
    private static final double LEAST_CHANGE = 1e-8;

    private double rate;
    private double factor = 0.1;
    private int patience = 10;
    private double threshold = 1e-4;
    private boolean absolute;
    private boolean rising;
    private int cooldown;
    private double minLr;
    private ToDoubleFunction<Progress> measure =
            progress -> progress.validation().map(Evaluation::loss).orElseGet(progress::loss);

    private double best = Double.NaN;
    private int badEpochs;
    private int cooling;

    /** Starts from this learning rate. */
    public ReduceLROnPlateau(double rate) {
        Schedules.requireRate("ReduceLROnPlateau", rate);
        this.rate = rate;
    }

    private static void requireEpochs(String name, int epochs) {
        if (epochs < 0) {
            throw new IllegalArgumentException(
                    "ReduceLROnPlateau: %s is %s epochs; it must be 0 or more"
                            .formatted(name, epochs));
        }
    }

    /** Sets the factor of each change, from 0 to below 1; by default 0.1. */
    public ReduceLROnPlateau factor(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "ReduceLROnPlateau: factor is %s; it must be from 0 to below 1"
                            .formatted(share));
        }
        factor = share;
        return this;
    }

    /** Sets how many epochs in a row may be no better; by default 10. */
    public ReduceLROnPlateau patience(int epochs) {
        requireEpochs("patience", epochs);
        patience = epochs;
        return this;
    }

    /** Sets by what share of the best the measure must get better; by default 0.0001. */
    public ReduceLROnPlateau threshold(double share) {
        Numbers.requireNotNegative("ReduceLROnPlateau", "threshold", share);
        threshold = share;
        absolute = false;
        return this;
    }

    /** Sets by how much the measure must get better. */
    public ReduceLROnPlateau absoluteThreshold(double difference) {
        Numbers.requireNotNegative("ReduceLROnPlateau", "threshold", difference);
        threshold = difference;
        absolute = true;
        return this;
    }

    /** Sets how many epochs after a change do not count; by default 0. */
    public ReduceLROnPlateau cooldown(int epochs) {
        requireEpochs("cooldown", epochs);
        cooldown = epochs;
        return this;
    }

    /** Sets the rate below which it does not go; by default 0. */
    public ReduceLROnPlateau minLr(double rate) {
        Numbers.requireNotNegative("ReduceLROnPlateau", "minLr", rate);
        minLr = rate;
        return this;
    }

    /** Watches something that is better the higher it is, such as the accuracy. */
    public ReduceLROnPlateau rising(ToDoubleFunction<Progress> measure) {
        this.measure = measure;
        rising = true;
        return this;
    }

    /** Returns the learning rate. */
    public double rate() {
        return rate;
    }

    /** Takes in the measure of an epoch and returns the learning rate of the next. */
    public double step(double measured) {
        if (isBetter(measured)) {
            best = measured;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (cooling > 0) {
            cooling--;
            badEpochs = 0;
        }
        if (badEpochs > patience) {
            double lower = Math.max(rate * factor, minLr);
            rate = rate - lower > LEAST_CHANGE ? lower : rate;
            cooling = cooldown;
            badEpochs = 0;
        }
        return rate;
    }

    private boolean isBetter(double measured) {
        if (Double.isNaN(best)) {
            return !Double.isNaN(measured);
        }
        if (Double.isInfinite(best)) {
            return rising ? measured > best : measured < best;
        }
        double change = absolute ? threshold : threshold * Math.abs(best);
        return rising ? measured > best + change : measured < best - change;
    }

    /** Returns a callback that sets the rate at the end of each epoch. */
    public TrainerCallback perEpoch(Optimizer optimizer) {
        optimizer.learningRate((float) rate);
        return new TrainerCallback() {
            @Override
            public void onEpochEnd(Progress progress) {
                optimizer.learningRate((float) step(measure.applyAsDouble(progress)));
            }

            @Override
            public void save(StateWriter out) {
                out.put("rate", rate).put("best", best);
                out.put("badEpochs", badEpochs).put("cooling", cooling);
            }

            @Override
            public void load(StateReader in) throws IOException {
                rate = in.get("rate").asDouble();
                best = in.get("best").asDouble();
                badEpochs = in.get("badEpochs").asInt();
                cooling = in.get("cooling").asInt();
            }
        };
    }
}
