package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.util.function.IntToDoubleFunction;

/**
 * The errors of predicted numbers, added up for each column by weight in double, and all measures
 * that follow from that. The squared differences from the mean target are added up as Welford
 * (1962) does, so that they do not cancel.
 */
final class ColumnErrors {

    private static final double EPSILON = 0x1p-52;

    private final double[] absolute;
    private final double[] squared;
    private final double[] relative;
    private final double[] mean;
    private final double[] spread;
    private final double[] errorMean;
    private final double[] errorSpread;
    private final double[] logarithmic;
    private final double[] symmetric;
    private final double[] over;
    private final double[] largest;
    private double weights;
    private long samples;

    ColumnErrors(int columns) {
        absolute = new double[columns];
        squared = new double[columns];
        relative = new double[columns];
        mean = new double[columns];
        spread = new double[columns];
        errorMean = new double[columns];
        errorSpread = new double[columns];
        logarithmic = new double[columns];
        symmetric = new double[columns];
        over = new double[columns];
        largest = new double[columns];
    }

    int columns() {
        return mean.length;
    }

    /**
     * Takes in a sample.
     *
     * @param row in which it stands
     * @param from column from which on it stands there
     */
    void add(Matrix targets, Matrix predicted, int row, int from, double weight) {
        if (weight == 0) {
            return;
        }
        weights += weight;
        samples++;
        for (int j = 0; j < mean.length; j++) {
            double target = targets.at(row, from + j);
            double estimate = predicted.at(row, from + j);
            double error = Math.abs(target - estimate);
            absolute[j] += weight * error;
            squared[j] += weight * error * error;
            relative[j] += weight * error / Math.max(Math.abs(target), EPSILON);
            double difference = target - mean[j];
            mean[j] += difference * (weight / weights);
            spread[j] += weight * difference * (target - mean[j]);
            addMore(j, target, estimate, weight);
        }
    }

    private void addMore(int j, double target, double predicted, double weight) {
        double error = target - predicted;
        double difference = error - errorMean[j];
        errorMean[j] += difference * (weight / weights);
        errorSpread[j] += weight * difference * (error - errorMean[j]);
        double logs = StrictMath.log1p(target) - StrictMath.log1p(predicted);
        logarithmic[j] += weight * logs * logs;
        double sizes = Math.abs(target) + Math.abs(predicted);
        symmetric[j] += weight * 2 * Math.abs(error) / Math.max(sizes, EPSILON);
        over[j] += weight * Math.max(-error, 0);
        largest[j] = Math.max(largest[j], Math.abs(error));
    }

    double absolute() {
        return average(j -> absolute[j] / weights);
    }

    double squared() {
        return average(j -> squared[j] / weights);
    }

    double root() {
        return average(j -> Math.sqrt(squared[j] / weights));
    }

    double relative() {
        return average(j -> relative[j] / weights);
    }

    double logarithmic() {
        return average(j -> logarithmic[j] / weights);
    }

    double symmetric() {
        return average(j -> symmetric[j] / weights);
    }

    double pinball(double alpha) {
        return average(j -> (alpha * (absolute[j] - over[j]) + (1 - alpha) * over[j]) / weights);
    }

    double largest() {
        double most = 0;
        for (double error : largest) {
            most = Math.max(most, error);
        }
        return most;
    }

    double explainedVariance() {
        return average(
                j -> spread[j] != 0 ? 1 - errorSpread[j] / spread[j] : errorSpread[j] == 0 ? 1 : 0);
    }

    /** Returns NaN for fewer than two samples. */
    double r2() {
        return samples < 2 ? Double.NaN : average(this::r2);
    }

    private double r2(int j) {
        return spread[j] != 0 ? 1 - squared[j] / spread[j] : squared[j] == 0 ? 1 : 0;
    }

    private double average(IntToDoubleFunction ofColumn) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += ofColumn.applyAsDouble(j);
        }
        return sum / mean.length;
    }

    void save(StateWriter out) {
        out.put("absolute", absolute);
        out.put("squared", squared);
        out.put("relative", relative);
        out.put("mean", mean);
        out.put("spread", spread);
        out.put("errorMean", errorMean);
        out.put("errorSpread", errorSpread);
        out.put("logarithmic", logarithmic);
        out.put("symmetric", symmetric);
        out.put("over", over);
        out.put("largest", largest);
        out.put("weights", weights);
        out.put("samples", samples);
    }

    static ColumnErrors load(StateReader in) throws FormatException {
        ColumnErrors errors = new ColumnErrors(in.get("mean").asDoubles().length);
        read(in.get("absolute"), errors.absolute);
        read(in.get("squared"), errors.squared);
        read(in.get("relative"), errors.relative);
        read(in.get("mean"), errors.mean);
        read(in.get("spread"), errors.spread);
        read(in.get("errorMean"), errors.errorMean);
        read(in.get("errorSpread"), errors.errorSpread);
        read(in.get("logarithmic"), errors.logarithmic);
        read(in.get("symmetric"), errors.symmetric);
        read(in.get("over"), errors.over);
        read(in.get("largest"), errors.largest);
        errors.weights = in.get("weights").asDouble();
        errors.samples = in.get("samples").asLong();
        return errors;
    }

    /** Reads as many numbers as there is room for. */
    static void read(Json from, double[] into) throws FormatException {
        double[] numbers = from.asDoubles();
        if (numbers.length != into.length) {
            throw from.expected(into.length + " numbers");
        }
        System.arraycopy(numbers, 0, into, 0, into.length);
    }
}
