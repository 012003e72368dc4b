package io.github.lanewise.nn.metrics;

import java.util.Locale;
import java.util.Objects;

/**
 * Counts how often each class was taken for each, and what follows from that: accuracy, precision,
 * recall and F1. A measure whose denominator is 0 is 0, as in scikit-learn.
 *
 * <p>A sample taken for no class ({@link ArgMax#NONE}, of scores that are NaN) counts as one of its
 * label that was not found.
 */
public final class ConfusionMatrix {

    /** Of more classes nobody reads a table; the places are numbered by an int. */
    private static final int MOST = 46_340;

    /** By label; null for one that does not occur. */
    private final int[][] pairs;

    /** Samples of each label that were taken for no class. */
    private final int[] none;

    private final ClassCounts counts;

    /**
     * Makes a matrix of zeros for so many classes.
     *
     * @throws IllegalArgumentException if there are none, or too many for a table
     */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "ConfusionMatrix: %s classes; there must be 1 or more",
                            classes));
        }
        if (classes > MOST) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "ConfusionMatrix: %s classes; a table has %s at most, number them from"
                                    + " 0 on",
                            classes,
                            MOST));
        }
        pairs = new int[classes][];
        none = new int[classes];
        counts = new ClassCounts(classes, false);
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
        int last = 0;
        for (int i = 0; i < labels.length; i++) {
            require("label", labels[i], 0, i, "leave out what is ignored");
            require("prediction", predicted[i], ArgMax.NONE, i, "or -1 for none");
            last = Math.max(last, Math.max(labels[i], predicted[i]));
        }
        int classes = last == Integer.MAX_VALUE ? last : last + 1;
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < labels.length; i++) {
            matrix.add(labels[i], predicted[i]);
        }
        return matrix;
    }

    private static void require(String what, int number, int least, int sample, String fix) {
        if (number < least) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            Locale.ROOT,
                            "ConfusionMatrix: %s %s of sample %s; it must be 0 or more, %s",
                            what,
                            number,
                            sample,
                            fix));
        }
    }

    /**
     * Counts one sample.
     *
     * @param label its class
     * @param predicted the class it was taken for, or {@link ArgMax#NONE}
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public void add(int label, int predicted) {
        Objects.checkIndex(label, classes());
        if (predicted != ArgMax.NONE) {
            Objects.checkIndex(predicted, classes());
            if (pairs[label] == null) {
                pairs[label] = new int[classes()];
            }
            pairs[label][predicted]++;
        } else {
            none[label]++;
        }
        counts.add(label, predicted, 1);
    }

    /** Returns the number of classes. */
    public int classes() {
        return counts.classes();
    }

    /** Returns how often a class was taken for another, or for itself. */
    public int count(int label, int predicted) {
        int place = Objects.checkIndex(predicted, classes());
        return pairs[label] == null ? 0 : pairs[label][place];
    }

    /** Returns how many samples of a class were taken for none. */
    public int undecided(int label) {
        return none[label];
    }

    /** Returns how many samples of a class there were. */
    public int labelled(int label) {
        return (int) counts.labelled(label);
    }

    /** Returns how many samples were taken for a class. */
    public int predicted(int predicted) {
        return (int) counts.predicted(predicted);
    }

    /** Returns whether a class is the label or the prediction of any sample. */
    public boolean occurs(int label) {
        return counts.occurs(label);
    }

    /** Returns how many samples there were. */
    public int total() {
        return (int) counts.total();
    }

    /** Returns the share of samples that were right; 0 if there were none. */
    public double accuracy() {
        return counts.accuracy();
    }

    /** Returns the mean recall of the classes that are labels. */
    public double balancedAccuracy() {
        return counts.balancedAccuracy();
    }

    /**
     * Returns Matthews' correlation of labels and predictions, from -1 to 1, for any number of
     * classes (Gorodkin, 2004); 0 if labels or predictions are all of one class.
     */
    public double matthewsCorrelation() {
        return counts.matthews();
    }

    /** Returns Cohen's kappa, the agreement beyond chance; NaN if chance agrees always. */
    public double cohenKappa() {
        return counts.kappa();
    }

    /** Returns the share of the samples taken for a class that are of it. */
    public double precision(int label) {
        return counts.of(Rate.PRECISION, label);
    }

    /** Returns the share of the samples of a class that were taken for it. */
    public double recall(int label) {
        return counts.of(Rate.RECALL, label);
    }

    /** Returns the harmonic mean of precision and recall of a class. */
    public double f1(int label) {
        return counts.of(Rate.fBeta(1), label);
    }

    /** Returns the precision over all classes. */
    public double precision(Average average) {
        return counts.of(Rate.PRECISION, average);
    }

    /** Returns the recall over all classes. */
    public double recall(Average average) {
        return counts.of(Rate.RECALL, average);
    }

    /** Returns the F1 over all classes. */
    public double f1(Average average) {
        return counts.of(Rate.fBeta(1), average);
    }

    /** Returns the counts as a table, one line for each label, with the share that was right. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(" is \\ read");
        for (int predicted = 0; predicted < classes(); predicted++) {
            text.append(String.format(Locale.ROOT, "%6d", predicted));
        }
        boolean undecided = false;
        for (int label = 0; label < classes(); label++) {
            undecided |= undecided(label) > 0;
        }
        text.append(undecided ? "  none   right\n" : "   right\n");
        for (int label = 0; label < classes(); label++) {
            text.append(String.format(Locale.ROOT, "%10d", label));
            for (int predicted = 0; predicted < classes(); predicted++) {
                int count = count(label, predicted);
                text.append(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
            }
            if (undecided) {
                text.append(String.format(Locale.ROOT, "%6d", undecided(label)));
            }
            text.append(String.format(Locale.ROOT, "%7.1f%%\n", 100 * recall(label)));
        }
        return text.toString();
    }
}
