package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;

/**
 * The mean over labels of how well the scores of each suit it, taken batch by batch: see {@link
 * Metrics}.
 *
 * <p>Outputs are logits, of which a softmax makes probabilities (a sigmoid, if a label has one
 * output), unless {@link #probabilities} says that they are some already. Targets are as in {@link
 * ClassificationMetric}. Samples count by their weights.
 */
public final class ProbabilityMetric implements Metric {

    /** Rates the scores of one label. */
    @FunctionalInterface
    interface Score {
        double of(ClassScores scores, int label);
    }

    private final LabelReader reader;
    private final boolean logits;
    private final Score score;
    private final DoubleUnaryOperator finish;
    private final ClassScores scores = new ClassScores();
    private final LabelReader.Sink sink = this::take;
    private double sum;
    private double weights;

    private ProbabilityMetric(
            LabelReader reader, boolean logits, Score score, DoubleUnaryOperator finish) {
        this.reader = reader;
        this.logits = logits;
        this.score = score;
        this.finish = finish;
    }

    /**
     * @param finish makes the measure of the mean
     */
    ProbabilityMetric(String name, Score score, DoubleUnaryOperator finish) {
        this(new LabelReader(name), true, score, finish);
    }

    /** Returns this metric, empty, for outputs that are probabilities. */
    public ProbabilityMetric probabilities() {
        return new ProbabilityMetric(reader, false, score, finish);
    }

    /** Returns this metric, empty, by another name. */
    public ProbabilityMetric named(String name) {
        return new ProbabilityMetric(reader.named(name), logits, score, finish);
    }

    /** Returns this metric, empty, without the labels that are this one. */
    public ProbabilityMetric ignoreIndex(int label) {
        return new ProbabilityMetric(reader.ignoreIndex(label), logits, score, finish);
    }

    /** Returns this metric, empty, for outputs of classes x positions, such as images. */
    public ProbabilityMetric classesFirst() {
        return new ProbabilityMetric(reader.classesFirst(), logits, score, finish);
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public void reset() {
        sum = 0;
        weights = 0;
    }

    @Override
    public void add(Matrix outputs, Targets targets) {
        reader.read(outputs, targets, sink);
    }

    private void take(
            float[] data, int at, int stride, int classes, int label, int question, double weight) {
        scores.of(data, at, stride, classes, logits);
        sum += weight * score.of(scores, label);
        weights += weight;
    }

    @Override
    public double value() {
        return finish.applyAsDouble(sum / weights);
    }

    @Override
    public void save(StateWriter out) {
        out.put("sum", sum);
        out.put("weights", weights);
    }

    @Override
    public void load(StateReader in) throws IOException {
        sum = in.get("sum").asDouble();
        weights = in.get("weights").asDouble();
    }
}
