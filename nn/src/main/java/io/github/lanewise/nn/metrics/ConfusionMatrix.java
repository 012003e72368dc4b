package io.github.lanewise.nn.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * Counts how often each class was taken for each, and what follows from that: accuracy, precision,
 * recall and F1. A measure whose denominator is 0 is 0, as in scikit-learn.
 *
 * <p>A sample taken for no class ({@link ArgMax#NONE}, of scores that are NaN) counts as one of its
 * label that was not found.
 */
public final class ConfusionMatrix {

    private final int[][] counts;

    /** Samples of each label that were taken for no class. */
    private final int[] none;

    /**
     * Makes a matrix of zeros for so many classes.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException(
                    "ConfusionMatrix: %d classes; there must be 1 or more".formatted(classes));
        }
        counts = new int[classes][classes];
        none = new int[classes];
    }

    /**
     * Counts labels and the classes predicted for them; the highest class of either is the last.
     *
     * @throws IllegalArgumentException if their numbers differ, or there are none
     * @throws IndexOutOfBoundsException if a label is negative, or a prediction is other than
     *     {@link ArgMax#NONE}
     */
    public static ConfusionMatrix of(int[] labels, int[] predicted) {
        Samples.requireEqual("ConfusionMatrix", labels.length, "predictions", predicted.length);
        int classes = 0;
        for (int i = 0; i < labels.length; i++) {
            classes = Math.max(classes, Math.max(labels[i], predicted[i]) + 1);
        }
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < labels.length; i++) {
            matrix.add(labels[i], predicted[i]);
        }
        return matrix;
    }

    /**
     * Counts one sample.
     *
     * @param label its class
     * @param predicted the class it was taken for, or {@link ArgMax#NONE}
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public void add(int label, int predicted) {
        if (predicted == ArgMax.NONE) {
            none[Objects.checkIndex(label, classes())]++;
            return;
        }
        counts[Objects.checkIndex(label, classes())][Objects.checkIndex(predicted, classes())]++;
    }

    /** Returns the number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Returns how often a class was taken for another, or for itself. */
    public int count(int label, int predicted) {
        return counts[label][predicted];
    }

    /** Returns how many samples of a class were taken for none. */
    public int undecided(int label) {
        return none[label];
    }

    /** Returns how many samples of a class there were. */
    public int labelled(int label) {
        int sum = none[label];
        for (int count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    /** Returns how many samples were taken for a class. */
    public int predicted(int predicted) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[predicted];
        }
        return sum;
    }

    /** Returns whether a class is the label or the prediction of any sample. */
    public boolean occurs(int label) {
        return labelled(label) + predicted(label) > 0;
    }

    /** Returns how many samples there were. */
    public int total() {
        int sum = 0;
        for (int label = 0; label < counts.length; label++) {
            sum += labelled(label);
        }
        return sum;
    }

    /** Returns the share of samples that were right; 0 if there were none. */
    public double accuracy() {
        return ratio(right(), total());
    }

    private int right() {
        int right = 0;
        for (int label = 0; label < counts.length; label++) {
            right += counts[label][label];
        }
        return right;
    }

    /** Returns how many samples were taken for any class. */
    private int decided() {
        return total() - Arrays.stream(none).sum();
    }

    /** Returns the share of the samples taken for a class that are of it. */
    public double precision(int label) {
        return ratio(counts[label][label], predicted(label));
    }

    /** Returns the share of the samples of a class that were taken for it. */
    public double recall(int label) {
        return ratio(counts[label][label], labelled(label));
    }

    /** Returns the harmonic mean of precision and recall of a class. */
    public double f1(int label) {
        return ratio(2.0 * counts[label][label], predicted(label) + labelled(label));
    }

    /** Returns the precision over all classes. */
    public double precision(Average average) {
        return average == Average.MICRO
                ? ratio(right(), decided())
                : over(average, this::precision);
    }

    /** Returns the recall over all classes. */
    public double recall(Average average) {
        return average == Average.MICRO ? accuracy() : over(average, this::recall);
    }

    /** Returns the F1 over all classes. */
    public double f1(Average average) {
        return average == Average.MICRO
                ? ratio(2.0 * right(), decided() + total())
                : over(average, this::f1);
    }

    private double over(Average average, IntToDoubleFunction measure) {
        double sum = 0;
        double weights = 0;
        for (int label = 0; label < counts.length; label++) {
            int weight = average == Average.WEIGHTED ? labelled(label) : occurs(label) ? 1 : 0;
            sum += weight * measure.applyAsDouble(label);
            weights += weight;
        }
        return ratio(sum, weights);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** Returns the counts as a table, one line for each label, with the share that was right. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(" is \\ read");
        for (int predicted = 0; predicted < counts.length; predicted++) {
            text.append(String.format(Locale.ROOT, "%6d", predicted));
        }
        boolean undecided = decided() < total();
        text.append(undecided ? "  none   right\n" : "   right\n");
        for (int label = 0; label < counts.length; label++) {
            text.append(String.format(Locale.ROOT, "%10d", label));
            for (int count : counts[label]) {
                text.append(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
            }
            if (undecided) {
                text.append(String.format(Locale.ROOT, "%6d", none[label]));
            }
            text.append(String.format(Locale.ROOT, "%7.1f%%\n", 100 * recall(label)));
        }
        return text.toString();
    }
}
