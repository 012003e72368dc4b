package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

/** Finds the class with the highest score. */
public final class ArgMax {

    /** Stands for no class: what a row of NaN alone, or of no columns, has. */
    public static final int NONE = -1;

    private ArgMax() {}

    /**
     * Returns for each row the column of its greatest value, the first of equals. NaN never wins; a
     * row of NaN alone has {@link #NONE}.
     */
    public static int[] of(Matrix scores) {
        int[] classes = new int[scores.rows()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = of(scores, i);
        }
        return classes;
    }

    /** Counts the rows whose class is the label; a row without class is wrong. */
    public static int countCorrect(Matrix scores, int[] labels) {
        int right = 0;
        for (int i = 0; i < scores.rows(); i++) {
            int found = of(scores, i);
            right += found != NONE && found == labels[i] ? 1 : 0;
        }
        return right;
    }

    private static int of(Matrix scores, int i) {
        return of(scores.data(), scores.offset() + i * scores.ld(), scores.cols(), 1);
    }

    /**
     * Returns which of several values is the greatest, as {@link #of(Matrix)} does of a row.
     *
     * @param from where the first stands
     * @param count how many there are
     * @param stride from each to the next
     */
    public static int of(float[] scores, int from, int count, int stride) {
        int best = NONE;
        for (int j = 0; j < count; j++) {
            float score = scores[from + j * stride];
            boolean wins =
                    best == NONE ? !Float.isNaN(score) : score > scores[from + best * stride];
            best = wins ? j : best;
        }
        return best;
    }
}
