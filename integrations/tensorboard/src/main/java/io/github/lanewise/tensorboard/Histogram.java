package io.github.lanewise.tensorboard;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Counts values in buckets whose bounds grow by a tenth: {@code 0, 1e-12, 1.1e-12, ...} and the
 * same below 0, as TensorFlow's and PyTorch's histograms. A value that is a bound belongs to the
 * bucket above. Values that are not finite are left out.
 */
final class Histogram {

    // Fields of HistogramProto.
    private static final int MIN = 1;
    private static final int MAX = 2;
    private static final int NUM = 3;
    private static final int SUM = 4;
    private static final int SUM_SQUARES = 5;
    private static final int BUCKET_LIMIT = 6;
    private static final int BUCKET = 7;

    private static final double LEAST = 1e-12;
    private static final double MOST = 1e20;
    private static final double GROWTH = 1.1;
    private static final double[] BOUNDS = bounds();

    private final double[] counts = new double[BOUNDS.length - 1];
    private long number;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double sumSquares;

    private static double[] bounds() {
        double[] positive = new double[1000];
        int n = 0;
        for (double bound = LEAST; bound < MOST; bound *= GROWTH) {
            positive[n++] = bound;
        }
        positive[n++] = Double.MAX_VALUE;
        double[] all = new double[2 * n + 1];
        for (int i = 0; i < n; i++) {
            all[n + 1 + i] = positive[i];
            all[n - 1 - i] = -positive[i];
        }
        return all;
    }

    static Histogram of(Matrix values) {
        Histogram histogram = new Histogram();
        for (int i = 0; i < values.rows(); i++) {
            for (int j = 0; j < values.cols(); j++) {
                histogram.add(values.at(i, j));
            }
        }
        return histogram;
    }

    static Histogram of(float... values) {
        Histogram histogram = new Histogram();
        for (float value : values) {
            histogram.add(value);
        }
        return histogram;
    }

    private void add(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        // -0 would be searched for below 0, where bounds are negative.
        int found = Arrays.binarySearch(BOUNDS, value + 0.0);
        counts[found >= 0 ? Math.min(found, counts.length - 1) : -found - 2]++;
        number++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        sumSquares += value * value;
    }

    boolean isEmpty() {
        return number == 0;
    }

    /** Returns the message, from an empty bucket before the first that counts to the last. */
    Message message() {
        int first = 0;
        while (first < counts.length - 1 && counts[first] == 0) {
            first++;
        }
        int last = counts.length - 1;
        while (last > first && counts[last] == 0) {
            last--;
        }
        first = Math.max(0, first - 1);
        return new Message()
                .number(MIN, min)
                .number(MAX, max)
                .number(NUM, (double) number)
                .number(SUM, sum)
                .number(SUM_SQUARES, sumSquares)
                .packed(BUCKET_LIMIT, Arrays.copyOfRange(BOUNDS, first + 1, last + 2))
                .packed(BUCKET, Arrays.copyOfRange(counts, first, last + 1));
    }
}
