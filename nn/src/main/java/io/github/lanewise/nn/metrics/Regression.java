package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;

/** How far predicted numbers are from the true ones; several columns count the same. */
public final class Regression {

    private Regression() {}

    /**
     * Returns the mean of |target - predicted|.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double meanAbsoluteError(Matrix targets, Matrix predicted) {
        return errors("meanAbsoluteError", targets, predicted).absolute();
    }

    /**
     * Returns the mean of (target - predicted)^2.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double meanSquaredError(Matrix targets, Matrix predicted) {
        return errors("meanSquaredError", targets, predicted).squared();
    }

    /**
     * Returns the root of the mean squared error of each column, averaged over the columns.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double rootMeanSquaredError(Matrix targets, Matrix predicted) {
        return errors("rootMeanSquaredError", targets, predicted).root();
    }

    /**
     * Returns the mean of |target - predicted| / |target|; of a target of 0, divided by 2^-52.
     *
     * @throws IllegalArgumentException if the shapes differ, or there are no samples
     */
    public static double meanAbsolutePercentageError(Matrix targets, Matrix predicted) {
        return errors("meanAbsolutePercentageError", targets, predicted).relative();
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
        return errors("r2", targets, predicted).r2();
    }

    private static ColumnErrors errors(String measure, Matrix targets, Matrix predicted) {
        requireSameShape(measure, targets, predicted);
        ColumnErrors errors = new ColumnErrors(targets.cols());
        for (int i = 0; i < targets.rows(); i++) {
            errors.add(targets, predicted, i, 0, 1);
        }
        return errors;
    }

    static void requireSameShape(String measure, Matrix targets, Matrix predicted) {
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
