package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.Numbers;

/** Whether a model is right as often as it says. */
public final class Calibration {

    private static final int USUAL_BINS = 15;

    private Calibration() {}

    /** Returns the expected calibration error over 15 bins. */
    public static double expectedError(int[] labels, Matrix probabilities) {
        return expectedError(labels, probabilities, USUAL_BINS);
    }

    /**
     * Returns the expected calibration error (Guo et al., "On calibration of modern neural
     * networks", 2017): samples are put into equal bins by the highest probability of each, the
     * confidence; it is the mean over the samples of |accuracy - mean confidence| of their bin.
     *
     * @param labels a class for each row
     * @param probabilities a row for each sample, a column for each class, from 0 to 1
     * @param bins how many; bin b holds confidences above b / bins and up to (b + 1) / bins
     * @throws IllegalArgumentException if the numbers differ, or there are none, or a row is NaN
     */
    public static double expectedError(int[] labels, Matrix probabilities, int bins) {
        Samples.requireEqual(
                "expectedError", labels.length, "rows of probabilities", probabilities.rows());
        Numbers.requirePositive("expectedError", "bins", bins);
        int[] predicted = ArgMax.of(probabilities);
        double[] surplus = new double[bins];
        for (int i = 0; i < labels.length; i++) {
            requireNumber(predicted[i], i);
            double confidence = probabilities.at(i, predicted[i]);
            surplus[bin(confidence, bins)] += (predicted[i] == labels[i] ? 1 : 0) - confidence;
        }
        double sum = 0;
        for (double ofBin : surplus) {
            sum += Math.abs(ofBin);
        }
        return sum / labels.length;
    }

    private static void requireNumber(int predicted, int i) {
        if (predicted == ArgMax.NONE) {
            throw new IllegalArgumentException(
                    "expectedError: row %s of probabilities is NaN; it must hold numbers"
                            .formatted(i));
        }
    }

    private static int bin(double confidence, int bins) {
        return Math.clamp((long) Math.ceil(confidence * bins) - 1, 0, bins - 1);
    }
}
