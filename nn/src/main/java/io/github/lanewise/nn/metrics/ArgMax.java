package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

/** Finds the class with the highest score. */
public final class ArgMax {

    private ArgMax() {}

    /**
     * Returns for each row the column of its greatest value, the first of equals; NaN never wins.
     */
    public static int[] of(Matrix scores) {
        int[] classes = new int[scores.rows()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = of(scores, i);
        }
        return classes;
    }

    /** Counts the rows whose class is the label. */
    public static int countRight(Matrix scores, int[] labels) {
        int right = 0;
        for (int i = 0; i < scores.rows(); i++) {
            right += of(scores, i) == labels[i] ? 1 : 0;
        }
        return right;
    }

    private static int of(Matrix scores, int i) {
        float[] data = scores.data();
        int start = scores.offset() + i * scores.ld();
        int best = 0;
        for (int j = 1; j < scores.cols(); j++) {
            if (data[start + j] > data[start + best] || Float.isNaN(data[start + best])) {
                best = j;
            }
        }
        return best;
    }
}
