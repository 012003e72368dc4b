package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * How far outputs are from {@link Targets.Values}, taken batch by batch: see {@link Metrics}.
 * Several columns count the same, samples by their weights; where steps have weights, each step is
 * a sample.
 */
public final class RegressionMetric implements Metric {

    private final String name;
    private final ToDoubleFunction<ColumnErrors> measure;
    private ColumnErrors errors;

    RegressionMetric(String name, ToDoubleFunction<ColumnErrors> measure) {
        this.name = name;
        this.measure = measure;
    }

    /** Returns this metric, empty, by another name. */
    public RegressionMetric named(String other) {
        return new RegressionMetric(other, measure);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void reset() {
        errors = null;
    }

    @Override
    public void add(Matrix outputs, Targets targets) {
        float[] weights = targets instanceof Targets.Weighted w ? w.weights() : null;
        Targets plain = targets instanceof Targets.Weighted w ? w.targets() : targets;
        if (!(plain instanceof Targets.Values values)) {
            throw new IllegalArgumentException(
                    "%s: targets are %s; they must be numbers, Targets.values(rows)"
                            .formatted(name, plain.getClass().getSimpleName()));
        }
        Regression.requireSameShape(name, values.rows(), outputs);
        int parts = targets instanceof Targets.Weighted w ? w.perSample() : 1;
        int columns = outputs.cols() / parts;
        if (errors == null) {
            errors = new ColumnErrors(columns);
        }
        if (errors.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s: outputs have %s columns, before they had %s; reset the metric first"
                            .formatted(name, columns, errors.columns()));
        }
        for (int i = 0; i < outputs.rows() * parts; i++) {
            double weight = weights == null ? 1 : weights[i];
            errors.add(values.rows(), outputs, i / parts, i % parts * columns, weight);
        }
    }

    @Override
    public double value() {
        return errors == null ? Double.NaN : measure.applyAsDouble(errors);
    }

    @Override
    public void save(StateWriter out) {
        if (errors != null) {
            errors.save(out);
        }
    }

    @Override
    public void load(StateReader in) throws IOException {
        errors = in.hasValue("mean") ? ColumnErrors.load(in) : null;
    }
}
