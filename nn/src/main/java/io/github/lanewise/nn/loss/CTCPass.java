package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Arrays;

/**
 * The forward and backward variables of {@link CTCLoss}: of the row blank, label, blank, label,
 * ..., blank, alpha(t, s) is the logarithm of the probability of all ways to its place s within
 * steps 0 to t, and beta(t, s) of all ways on from there, step t itself being in both.
 */
final class CTCPass extends PlainLossPass {

    private static final double NEVER = Double.NEGATIVE_INFINITY;

    private final CTCLoss loss;
    private final int steps;
    private final int classes;
    private final double[] shares;
    private double[] alpha = {};
    private double[] beta = {};
    private int[] row = {};
    private Targets.Labels targets;
    private int ofSample;
    private int labels;
    private int places;

    CTCPass(CTCLoss loss, Shape predictions, Workspace workspace) {
        super(loss, loss.reduction(), predictions, 1, workspace);
        this.loss = loss;
        this.steps = predictions.dimension(0);
        this.classes = predictions.dimension(1);
        this.shares = new double[classes];
    }

    @Override
    void begin(Matrix predictions, Targets given) {
        LossChecks.labels(loss, given);
        targets = (Targets.Labels) given;
        if (targets.size() != predictions.rows()) {
            throw new IllegalArgumentException(
                    "CTCLoss: %s rows of labels for %s predictions; there must be one for each"
                            .formatted(targets.size(), predictions.rows()));
        }
        int most = 2 * targets.perSample() + 1;
        if (row.length != most) {
            row = new int[most];
            alpha = new double[steps * most];
            beta = new double[steps * most];
        }
    }

    @Override
    void checkPlain(Targets given) {
        LossChecks.labels(loss, given);
        targets = (Targets.Labels) given;
        row = new int[2 * targets.perSample() + 1];
        alpha = new double[steps * row.length];
        beta = new double[steps * row.length];
        for (int i = 0; i < targets.size(); i++) {
            read(i);
        }
    }

    /** Reads the steps and labels of a sample, with blanks between them. */
    private void read(int sample) {
        int[] all = targets.classes();
        int at = sample * targets.perSample();
        int end = at + targets.perSample();
        boolean said = all[at] <= CTCLoss.NO_STEPS;
        ofSample = said ? CTCLoss.NO_STEPS - all[at] : steps;
        if (ofSample > steps) {
            throw new IllegalArgumentException(
                    "CTCLoss: sample %s has %s steps, predictions have %s"
                            .formatted(sample, ofSample, steps));
        }
        at += said ? 1 : 0;
        labels = 0;
        for (; at < end && all[at] != -1; at++) {
            boolean valid = all[at] >= 0 && all[at] < classes && all[at] != loss.blank();
            if (!valid) {
                throw new IllegalArgumentException(
                        ("CTCLoss: label %s of sample %s is %s; it must be from 0 to %s and not the"
                                        + " blank (%s), or -1 behind the last")
                                .formatted(labels, sample, all[at], classes - 1, loss.blank()));
            }
            row[2 * labels] = loss.blank();
            row[2 * labels + 1] = all[at];
            labels++;
        }
        for (; at < end; at++) {
            if (all[at] != -1) {
                throw new IllegalArgumentException(
                        "CTCLoss: sample %s has label %s behind a -1; all that follows must be -1"
                                .formatted(sample, all[at]));
            }
        }
        row[2 * labels] = loss.blank();
        places = 2 * labels + 1;
    }

    @Override
    double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
        read(i);
        boolean perLabel =
                loss.reduction() == Reduction.MEAN || loss.reduction() == Reduction.COUNT_MEAN;
        double divisor = perLabel ? Math.max(1, labels) : 1;
        Arrays.fill(dx, to, to + steps * classes, 0);
        double value = forward(x, at);
        if (value == Double.POSITIVE_INFINITY) {
            float gradient = loss.zeroInfinity() ? 0 : Float.NaN;
            Arrays.fill(dx, to, to + ofSample * classes, gradient);
            return loss.zeroInfinity() ? 0 : value;
        }
        if (ofSample > 0) {
            backward(x, at);
            gradients(x, at, value, scale / divisor, dx, to);
        }
        return value / divisor;
    }

    /** Returns whether a way may pass over the blank before a place. */
    private boolean skips(int s) {
        return s > 1 && row[s] != loss.blank() && row[s] != row[s - 2];
    }

    /** Returns the loss. */
    private double forward(float[] x, int at) {
        if (ofSample == 0) {
            return labels == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        for (int s = 0; s < places; s++) {
            alpha[s] = s < 2 ? x[at + row[s]] : NEVER;
        }
        for (int t = 1; t < ofSample; t++) {
            int now = t * places;
            int before = now - places;
            for (int s = 0; s < places; s++) {
                double ways = alpha[before + s];
                ways = s > 0 ? add(ways, alpha[before + s - 1]) : ways;
                ways = skips(s) ? add(ways, alpha[before + s - 2]) : ways;
                alpha[now + s] = ways + x[at + t * classes + row[s]];
            }
        }
        int last = ofSample * places - 1;
        return -(places > 1 ? add(alpha[last], alpha[last - 1]) : alpha[last]);
    }

    private void backward(float[] x, int at) {
        int last = (ofSample - 1) * places;
        for (int s = 0; s < places; s++) {
            boolean ends = s >= places - 2;
            beta[last + s] = ends ? x[at + (ofSample - 1) * classes + row[s]] : NEVER;
        }
        for (int t = ofSample - 2; t >= 0; t--) {
            int now = t * places;
            int after = now + places;
            for (int s = 0; s < places; s++) {
                double ways = beta[after + s];
                ways = s + 1 < places ? add(ways, beta[after + s + 1]) : ways;
                ways = s + 2 < places && skips(s + 2) ? add(ways, beta[after + s + 2]) : ways;
                beta[now + s] = ways + x[at + t * classes + row[s]];
            }
        }
    }

    private void gradients(float[] x, int at, double value, double scale, float[] dx, int to) {
        for (int t = 0; t < ofSample; t++) {
            Arrays.fill(shares, 0);
            for (int s = 0; s < places; s++) {
                double both = alpha[t * places + s] + beta[t * places + s];
                if (both != NEVER) {
                    double twice = x[at + t * classes + row[s]];
                    shares[row[s]] += StrictMath.exp(both - twice + value);
                }
            }
            for (int c = 0; c < classes; c++) {
                dx[to + t * classes + c] = (float) (-scale * shares[c]);
            }
        }
    }

    /** Returns ln(e<sup>a</sup> + e<sup>b</sup>). */
    private static double add(double a, double b) {
        double larger = Math.max(a, b);
        if (larger == NEVER) {
            return NEVER;
        }
        return larger + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - larger));
    }
}
