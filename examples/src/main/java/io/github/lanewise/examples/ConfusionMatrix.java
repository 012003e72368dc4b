package io.github.lanewise.examples;

import java.util.Locale;

/** Counts how often each class was taken for each. */
public final class ConfusionMatrix {

    private final int[][] counts;

    /** Makes a matrix of zeros for so many classes. */
    public ConfusionMatrix(int classes) {
        counts = new int[classes][classes];
    }

    /** Counts one sample. */
    public void add(int label, int predicted) {
        counts[label][predicted]++;
    }

    /** Returns the number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Returns how often a class was taken for another, or for itself. */
    public int count(int label, int predicted) {
        return counts[label][predicted];
    }

    /** Returns how many samples of a class there were. */
    public int labelled(int label) {
        int sum = 0;
        for (int count : counts[label]) {
            sum += count;
        }
        return sum;
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
        int right = 0;
        for (int label = 0; label < counts.length; label++) {
            right += counts[label][label];
        }
        return right / (double) Math.max(1, total());
    }

    /** Returns the counts as a table, one line for each label, with the share that was right. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(" is \\ read");
        for (int predicted = 0; predicted < counts.length; predicted++) {
            text.append(String.format(Locale.ROOT, "%6d", predicted));
        }
        text.append("   right\n");
        for (int label = 0; label < counts.length; label++) {
            text.append(String.format(Locale.ROOT, "%10d", label));
            for (int count : counts[label]) {
                text.append(count == 0 ? "     ." : String.format(Locale.ROOT, "%6d", count));
            }
            double right = 100.0 * counts[label][label] / Math.max(1, labelled(label));
            text.append(String.format(Locale.ROOT, "%7.1f%%\n", right));
        }
        return text.toString();
    }
}
