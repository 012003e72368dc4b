package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Calibration;
import io.github.lanewise.nn.metrics.ConfusionMatrix;
import io.github.lanewise.nn.metrics.Ranking;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * How good predictions are, measure by measure.
 *
 * <p>Classes: logLoss, accuracy, balancedAccuracy (the mean recall of the classes that occur),
 * macroF1, auc and averagePrecision (of the positive class, or the mean over the classes that
 * occur), brier (the mean of the sum of squared differences over the classes; over the positive one
 * alone if there are two), calibrationError (over 15 bins). Numbers: rmse, mae, r2, medianError,
 * p90Error.
 *
 * @param values by name, in this order; NaN where a measure is not defined
 */
public record Measures(SequencedMap<String, Double> values) {

    /** Probabilities count as at least this in the log loss. */
    private static final double LEAST = 1e-15;

    private static final List<String> OF_CLASSES =
            List.of(
                    "logLoss",
                    "accuracy",
                    "balancedAccuracy",
                    "macroF1",
                    "auc",
                    "averagePrecision",
                    "brier",
                    "calibrationError");

    private static final List<String> OF_NUMBERS =
            List.of("rmse", "mae", "r2", "medianError", "p90Error");

    /** Returns the names of the measures that a task has. */
    public static List<String> names(Task task) {
        return task.isClassification() ? OF_CLASSES : OF_NUMBERS;
    }

    /** Copies the map. */
    public Measures {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /**
     * Returns a measure.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    Message.of(
                            "measure: '%s' is none%s", name, Names.suggest(name, values.keySet())));
        }
        return value;
    }

    /** Measures probabilities against the classes of the rows. */
    public static Measures of(int[] labels, Predictions predictions) {
        double[][] p = predictions.probabilities();
        int classes = p[0].length;
        ConfusionMatrix confusion = new ConfusionMatrix(classes);
        double loss = 0;
        double squares = 0;
        Matrix scores = Matrix.zeros(labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            confusion.add(labels[i], predictions.label(i));
            loss -= StrictMath.log(Math.max(LEAST, p[i][labels[i]]));
            for (int j = classes == 2 ? 1 : 0; j < classes; j++) {
                double d = p[i][j] - (labels[i] == j ? 1 : 0);
                squares += d * d;
            }
            for (int j = 0; j < classes; j++) {
                scores.data()[i * classes + j] = (float) p[i][j];
            }
        }
        LinkedHashMap<String, Double> values = new LinkedHashMap<>();
        values.put("logLoss", loss / labels.length);
        values.put("accuracy", confusion.accuracy());
        values.put("balancedAccuracy", confusion.balancedAccuracy());
        values.put("macroF1", confusion.f1(Average.MACRO));
        values.put("auc", overClasses(labels, p, Ranking::rocAuc));
        values.put("averagePrecision", overClasses(labels, p, Ranking::averagePrecision));
        values.put("brier", squares / labels.length);
        values.put("calibrationError", Calibration.expectedError(labels, scores));
        return new Measures(values);
    }

    /** A measure of scores of one class against the rest. */
    @FunctionalInterface
    private interface OfScores {
        double of(boolean[] positive, float[] scores);
    }

    private static double overClasses(int[] labels, double[][] p, OfScores measure) {
        int classes = p[0].length;
        boolean[] positive = new boolean[labels.length];
        float[] scores = new float[labels.length];
        double sum = 0;
        int occurring = 0;
        for (int j = classes == 2 ? 1 : 0; j < classes; j++) {
            boolean any = false;
            for (int i = 0; i < labels.length; i++) {
                positive[i] = labels[i] == j;
                any |= positive[i];
                scores[i] = (float) p[i][j];
            }
            if (any) {
                sum += measure.of(positive, scores);
                occurring++;
            }
        }
        return occurring == 0 ? Double.NaN : sum / occurring;
    }

    /** Measures numbers against the true ones. */
    public static Measures of(double[] truth, Predictions predictions) {
        int n = truth.length;
        double mean = Arrays.stream(truth).sum() / n;
        double squares = 0;
        double sizes = 0;
        double total = 0;
        double[] errors = new double[n];
        for (int i = 0; i < n; i++) {
            double d = predictions.numbers()[i] - truth[i];
            errors[i] = Math.abs(d);
            squares += d * d;
            sizes += errors[i];
            total += (truth[i] - mean) * (truth[i] - mean);
        }
        Arrays.sort(errors);
        LinkedHashMap<String, Double> values = new LinkedHashMap<>();
        values.put("rmse", Math.sqrt(squares / n));
        values.put("mae", sizes / n);
        values.put("r2", total == 0 ? Double.NaN : 1 - squares / total);
        values.put("medianError", RobustScale.quantile(errors, 0.5));
        values.put("p90Error", RobustScale.quantile(errors, 0.9));
        return new Measures(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(name)
                                .append(String.format(Locale.ROOT, " %.5g", value)));
        return text.toString();
    }
}
