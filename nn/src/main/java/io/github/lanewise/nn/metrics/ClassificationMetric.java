package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * A measure of classes that were decided upon, counted batch by batch: see {@link Metrics}.
 *
 * <p>For {@link Targets.Labels} the class with the highest output is taken, the first of equals; of
 * one output a label it is 1 above the threshold, else 0. {@link Targets.Values} are yes (above
 * 1/2) or no, of one column two classes, of several a question each, as scikit-learn's multi-label
 * indicators. Samples count by their weights.
 */
public final class ClassificationMetric implements Metric {

    private final LabelReader reader;
    private final float threshold;
    private final boolean ofQuestions;
    private final ToDoubleFunction<ClassCounts> measure;
    private final LabelReader.Sink sink = this::take;
    private int columns;
    private ClassCounts counts;

    private ClassificationMetric(
            LabelReader reader,
            float threshold,
            boolean ofQuestions,
            ToDoubleFunction<ClassCounts> measure) {
        this.reader = reader;
        this.threshold = threshold;
        this.ofQuestions = ofQuestions;
        this.measure = measure;
    }

    /**
     * @param ofQuestions whether several yes or no of a sample can be measured
     */
    ClassificationMetric(String name, boolean ofQuestions, ToDoubleFunction<ClassCounts> measure) {
        this(new LabelReader(name), 0, ofQuestions, measure);
    }

    /** Returns this metric, empty, by another name. */
    public ClassificationMetric named(String name) {
        return new ClassificationMetric(reader.named(name), threshold, ofQuestions, measure);
    }

    /** Returns this metric, empty, without the labels that are this one. */
    public ClassificationMetric ignoreIndex(int label) {
        return new ClassificationMetric(reader.ignoreIndex(label), threshold, ofQuestions, measure);
    }

    /** Returns this metric, empty, for outputs of classes x positions, such as images. */
    public ClassificationMetric classesFirst() {
        return new ClassificationMetric(reader.classesFirst(), threshold, ofQuestions, measure);
    }

    /** Returns this metric, empty, with another score above which the answer is yes than 0. */
    public ClassificationMetric threshold(float score) {
        return new ClassificationMetric(reader, score, ofQuestions, measure);
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public void reset() {
        counts = null;
    }

    @Override
    public void add(Matrix outputs, Targets targets) {
        columns = outputs.cols();
        reader.read(outputs, targets, sink);
    }

    private void take(
            float[] scores,
            int at,
            int stride,
            int classes,
            int label,
            int question,
            double weight) {
        if (question >= 0) {
            requireCounts(columns, true);
            counts.answer(question, label == 1, scores[at] > threshold, weight);
            return;
        }
        requireCounts(Math.max(2, classes), false);
        int found =
                classes > 1
                        ? ArgMax.of(scores, at, classes, stride)
                        : Float.isNaN(scores[at]) ? ArgMax.NONE : scores[at] > threshold ? 1 : 0;
        counts.add(label, found, weight);
    }

    private void requireCounts(int classes, boolean questions) {
        if (questions && !ofQuestions) {
            throw new IllegalArgumentException(
                    "%s: %s questions a sample; it is for one class a sample or position"
                            .formatted(name(), classes));
        }
        if (counts == null) {
            counts = new ClassCounts(classes, questions);
        }
        if (counts.classes() != classes || counts.questions() != questions) {
            throw new IllegalArgumentException(
                    "%s: outputs have %s classes, before they had %s; reset the metric first"
                            .formatted(name(), classes, counts.classes()));
        }
    }

    @Override
    public double value() {
        return counts == null ? Double.NaN : measure.applyAsDouble(counts);
    }

    @Override
    public void save(StateWriter out) {
        if (counts != null) {
            counts.save(out);
        }
    }

    @Override
    public void load(StateReader in) throws IOException {
        counts = in.hasValue("hits") ? ClassCounts.load(in) : null;
    }
}
