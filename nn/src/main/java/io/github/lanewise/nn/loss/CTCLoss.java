package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Arrays;
import java.util.Objects;

/**
 * Connectionist temporal classification (Graves and others, 2006): minus the logarithm of the
 * probability of a row of labels, summed over all ways in which they can come one after another in
 * more steps than there are labels, repeated or with blanks between them.
 *
 * <p>Predictions are log-probabilities of steps x classes: put a {@link
 * io.github.lanewise.nn.layer.LogSoftmax} before. Targets are {@link Targets.Labels}: of each
 * sample its labels, none of them the blank, then -1 up to the length of the longest; {@link
 * #targets(int[][], int[])} makes such, also with the steps of each sample that count. All is
 * computed in the logarithm, in double. Backward: the derivative with respect to each
 * log-probability, minus the probability of being in that class at that step; behind a LogSoftmax
 * the same as PyTorch's, which hands over its sum with the derivative of the softmax.
 *
 * <p>Where there are fewer steps than labels need, the loss is infinite and gradients are NaN, or
 * with {@code zeroInfinity} 0.
 *
 * @param blank the class that stands for no label
 * @param zeroInfinity whether samples of infinite loss have loss and gradients 0
 * @param reduction mean over samples of the losses divided by their numbers of labels, sum, or mean
 *     over samples
 */
public record CTCLoss(int blank, boolean zeroInfinity, Reduction reduction) implements Loss {

    /** A row that begins with this less a number has that number of steps. */
    static final int NO_STEPS = -2;

    /** Checks the arguments. */
    public CTCLoss {
        if (blank < 0) {
            throw new IllegalArgumentException(
                    "CTCLoss: blank is %s; it must be a class, 0 or more".formatted(blank));
        }
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with blank 0, which may be infinite. */
    public CTCLoss() {
        this(0, false, Reduction.MEAN);
    }

    /** Returns this loss with another blank. */
    public CTCLoss blank(int other) {
        return new CTCLoss(other, zeroInfinity, reduction);
    }

    /** Returns this loss with 0 in place of infinite losses. */
    public CTCLoss withZeroInfinity() {
        return new CTCLoss(blank, true, reduction);
    }

    /** Returns this loss reduced otherwise. */
    public CTCLoss reduction(Reduction other) {
        return new CTCLoss(blank, zeroInfinity, other);
    }

    /** Makes targets of rows of labels of any length, for samples all of whose steps count. */
    public static Targets.Labels targets(int[][] labels) {
        int longest = Arrays.stream(labels).mapToInt(row -> row.length).max().orElse(0);
        int[][] rows = new int[labels.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new int[Math.max(1, longest)];
            Arrays.fill(rows[i], -1);
            System.arraycopy(labels[i], 0, rows[i], 0, labels[i].length);
        }
        return Targets.labels(rows);
    }

    /**
     * Makes targets of rows of labels of any length.
     *
     * @param labels of each sample
     * @param steps how many steps of each sample count, from its first; the row of labels has this
     *     number before it, as -2 less the number
     * @throws IllegalArgumentException if there is not one number for each row, or one is below 0
     */
    public static Targets.Labels targets(int[][] labels, int[] steps) {
        if (steps.length != labels.length) {
            throw new IllegalArgumentException(
                    "CTCLoss: %s rows of labels, %s numbers of steps; give one for each"
                            .formatted(labels.length, steps.length));
        }
        int[][] rows = new int[labels.length][];
        for (int i = 0; i < rows.length; i++) {
            if (steps[i] < 0) {
                throw new IllegalArgumentException(
                        "CTCLoss: sample %s has %s steps; there must be 0 or more"
                                .formatted(i, steps[i]));
            }
            rows[i] = new int[labels[i].length + 1];
            rows[i][0] = NO_STEPS - steps[i];
            System.arraycopy(labels[i], 0, rows[i], 1, labels[i].length);
        }
        return targets(rows);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        if (predictions.rank() != 2 || predictions.dimension(1) <= blank) {
            throw new IllegalArgumentException(
                    ("CTCLoss: predictions are %s; they must be steps x classes, with class %s, the"
                                    + " blank, among them")
                            .formatted(predictions, blank));
        }
        return new CTCPass(this, predictions, workspace);
    }

    @Override
    public String toString() {
        return "CTCLoss(blank=%s%s%s)"
                .formatted(blank, zeroInfinity ? ", zero infinity" : "", reduction.suffix(", "));
    }
}
