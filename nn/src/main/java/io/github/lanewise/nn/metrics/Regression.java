package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

/** How far predicted numbers are from the true ones; several columns count the same. */
public final class Regression {

    private Regression() {}

    /** A sum over the elements of a column. */
    @FunctionalInterface
    private interface Term {
        double of(double target, double predicted);
    }

    /**
     * Returns the mean of |target - predicted|.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double meanAbsoluteError(Matrix targets, Matrix predicted) {
        return mean("meanAbsoluteError", targets, predicted, (y, p) -> Math.abs(y - p));
    }

    /**
     * Returns the mean of (target - predicted)^2.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double meanSquaredError(Matrix targets, Matrix predicted) {
        return mean("meanSquaredError", targets, predicted, (y, p) -> (y - p) * (y - p));
    }

    /**
     * Returns the root of the mean squared error of each column, averaged over the columns.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double rootMeanSquaredError(Matrix targets, Matrix predicted) {
        requireSameShape("rootMeanSquaredError", targets, predicted);
        double sum = 0;
        for (int j = 0; j < targets.cols(); j++) {
            double squares = sum(targets, predicted, j, (y, p) -> (y - p) * (y - p));
            sum += Math.sqrt(squares / targets.rows());
        }
        return sum / targets.cols();
    }

    /**
     * Returns the coefficient of determination, 1 - (sum of squared errors) / (sum of squared
     * differences from the mean target), averaged over the columns. For a column of equal targets
     * it is 1 if all are met, else 0, as in scikit-learn.
     *
     * @return NaN for fewer than two samples
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double r2(Matrix targets, Matrix predicted) {
        requireSameShape("r2", targets, predicted);
        if (targets.rows() < 2) {
            return Double.NaN;
        }
        double sum = 0;
        for (int j = 0; j < targets.cols(); j++) {
            double mean = sum(targets, predicted, j, (y, p) -> y) / targets.rows();
            double errors = sum(targets, predicted, j, (y, p) -> (y - p) * (y - p));
            double total = sum(targets, predicted, j, (y, p) -> (y - mean) * (y - mean));
            sum += total != 0 ? 1 - errors / total : errors == 0 ? 1 : 0;
        }
        return sum / targets.cols();
    }

    private static double mean(String measure, Matrix targets, Matrix predicted, Term term) {
        requireSameShape(measure, targets, predicted);
        double sum = 0;
        for (int j = 0; j < targets.cols(); j++) {
            sum += sum(targets, predicted, j, term);
        }
        return sum / targets.size();
    }

    private static double sum(Matrix targets, Matrix predicted, int j, Term term) {
        double sum = 0;
        for (int i = 0; i < targets.rows(); i++) {
            sum += term.of(targets.at(i, j), predicted.at(i, j));
        }
        return sum;
    }

    private static void requireSameShape(String measure, Matrix targets, Matrix predicted) {
        if (targets.rows() != predicted.rows() || targets.cols() != predicted.cols()) {
            throw new IllegalArgumentException(
                    "%s: targets are %s, predictions %s; they must be equal"
                            .formatted(measure, targets.shape(), predicted.shape()));
        }
        if (targets.size() == 0) {
            throw new IllegalArgumentException(
                    "%s: no samples; give at least one".formatted(measure));
        }
    }
}
