package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;

import java.util.function.DoubleUnaryOperator;

/**
 * The temperature by which logits are divided before the softmax, so that the probabilities of the
 * validation rows have the least log loss (Guo et al., "On calibration of modern neural networks",
 * 2017).
 */
final class Temperature {

    private static final double LOWEST = StrictMath.log(0.2);
    private static final double HIGHEST = StrictMath.log(5);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int ROUNDS = 40;

    private Temperature() {}

    /**
     * Returns the best temperature. Few rows that are all right prove no certainty: the target of n
     * rows is (n + 1/2) / (n + 1) for the label, and what is left for the other classes (Krichevsky
     * and Trofimov, "The performance of universal encoding", 1981).
     */
    static double fit(Matrix logits, int[] labels) {
        return least(temperature -> smoothed(logits, labels, temperature));
    }

    /** Finds the least value by golden section over the logarithm of the temperature. */
    private static double least(DoubleUnaryOperator loss) {
        double low = LOWEST;
        double high = HIGHEST;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double lossA = loss.applyAsDouble(StrictMath.exp(a));
        double lossB = loss.applyAsDouble(StrictMath.exp(b));
        for (int i = 0; i < ROUNDS; i++) {
            if (lossA <= lossB) {
                high = b;
                b = a;
                lossB = lossA;
                a = high - GOLDEN * (high - low);
                lossA = loss.applyAsDouble(StrictMath.exp(a));
            } else {
                low = a;
                a = b;
                lossA = lossB;
                b = low + GOLDEN * (high - low);
                lossB = loss.applyAsDouble(StrictMath.exp(b));
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    private static double smoothed(Matrix logits, int[] labels, double temperature) {
        int classes = logits.cols();
        // of the mean over all classes, so that half of 1 / (n + 1) is left for the others
        double share = 0.5 * classes / (classes - 1) / (labels.length + 1);
        double others = 0;
        for (int i = 0; i < labels.length; i++) {
            int row = logits.offset() + i * logits.ld();
            double mean = 0;
            for (int j = 0; j < classes; j++) {
                mean += logits.data()[row + j] / (double) classes;
            }
            others += (logits.data()[row + labels[i]] - mean) / temperature;
        }
        // the loss of another target differs from that of the label by their logits alone
        return logLoss(logits, labels, temperature) + share * others / labels.length;
    }

    /** Returns the mean log loss of softmax(logits / temperature). */
    static double logLoss(Matrix logits, int[] labels, double temperature) {
        return logLoss(logits, labels, temperature, null);
    }

    /** Returns the mean log loss with a weight for each class, or none (null). */
    static double logLoss(Matrix logits, int[] labels, double temperature, float[] weights) {
        double sum = 0;
        double counted = 0;
        for (int i = 0; i < labels.length; i++) {
            int row = logits.offset() + i * logits.ld();
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < logits.cols(); j++) {
                most = Math.max(most, logits.data()[row + j]);
            }
            double total = 0;
            for (int j = 0; j < logits.cols(); j++) {
                total += StrictMath.exp((logits.data()[row + j] - most) / temperature);
            }
            double weight = weights == null ? 1 : weights[labels[i]];
            double logit = (logits.data()[row + labels[i]] - most) / temperature;
            sum += weight * (StrictMath.log(total) - logit);
            counted += weight;
        }
        return sum / counted;
    }

    /** Writes softmax(logits / temperature). */
    static void softmax(float[] logits, double temperature, double[] probabilities) {
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < probabilities.length; j++) {
            most = Math.max(most, logits[j]);
        }
        double total = 0;
        for (int j = 0; j < probabilities.length; j++) {
            probabilities[j] = StrictMath.exp((logits[j] - most) / temperature);
            total += probabilities[j];
        }
        for (int j = 0; j < probabilities.length; j++) {
            probabilities[j] /= total;
        }
    }
}
