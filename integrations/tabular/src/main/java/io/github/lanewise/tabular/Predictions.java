package io.github.lanewise.tabular;

/**
 * Predictions for some rows: probabilities of classes, or numbers.
 *
 * @param probabilities a row for each row, a number for each class; null for regression
 * @param numbers one for each row; null for classes
 */
public record Predictions(double[][] probabilities, double[] numbers) {

    /** Returns how many rows there are. */
    public int size() {
        return probabilities != null ? probabilities.length : numbers.length;
    }

    /** Returns the class of the highest probability of a row; the first of equal ones. */
    public int label(int row) {
        double[] p = probabilities[row];
        int best = 0;
        for (int j = 1; j < p.length; j++) {
            best = p[j] > p[best] ? j : best;
        }
        return best;
    }
}
