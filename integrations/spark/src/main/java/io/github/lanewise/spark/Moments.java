package io.github.lanewise.spark;

/**
 * Means and variances of columns, by Welford's algorithm in double, row by row: the same bits for
 * the same order of rows.
 */
final class Moments {

    private final double[] mean;
    private final double[] squares;
    private double labelMean;
    private double labelSquares;
    private long rows;

    Moments(int features) {
        mean = new double[features];
        squares = new double[features];
    }

    void add(float[] features, float label) {
        rows++;
        for (int j = 0; j < mean.length; j++) {
            double delta = features[j] - mean[j];
            mean[j] += delta / rows;
            squares[j] += delta * (features[j] - mean[j]);
        }
        double delta = label - labelMean;
        labelMean += delta / rows;
        labelSquares += delta * (label - labelMean);
    }

    float mean(int feature) {
        return (float) mean[feature];
    }

    /** Returns the variance; 1 where all values are equal, or would be as floats. */
    float variance(int feature) {
        return usable(squares[feature] / rows);
    }

    float labelMean() {
        return (float) labelMean;
    }

    float labelDeviation() {
        return (float) Math.sqrt(usable(labelSquares / rows));
    }

    private static float usable(double variance) {
        float rounded = (float) variance;
        return rounded >= Float.MIN_NORMAL && Float.isFinite(rounded) ? rounded : 1;
    }
}
