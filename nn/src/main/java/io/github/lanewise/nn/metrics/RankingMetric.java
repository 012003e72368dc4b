package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.Arrays;

/**
 * How well outputs put positive before negative samples: see {@link Metrics}. All scores since the
 * reset are kept in memory, 9 bytes each; the measure is exact.
 *
 * <p>Of two classes that of class 1 is positive, and the score is its output less that of class 0,
 * or the only output. Of more classes the measure is the mean over them, each against the rest; of
 * several columns of {@link Targets.Values} the mean over the columns. Outputs are logits (of
 * which, for more than two classes, a softmax is taken) unless {@link #probabilities} says
 * otherwise.
 */
public final class RankingMetric implements Metric {

    /** A measure of one column of scores. */
    @FunctionalInterface
    interface Measure {
        double of(boolean[] positive, float[] scores, float[] weights);
    }

    private static final int FIRST_ROOM = 256;

    private final LabelReader reader;
    private final boolean logits;
    private final Measure measure;
    private final ClassScores probabilities = new ClassScores();
    private final LabelReader.Sink sink = this::take;
    private int outputs;
    private int columns;
    private int size;
    private float[] scores = new float[FIRST_ROOM];
    private float[] weights = new float[FIRST_ROOM];
    private boolean[] positive = new boolean[FIRST_ROOM];

    private RankingMetric(LabelReader reader, boolean logits, Measure measure) {
        this.reader = reader;
        this.logits = logits;
        this.measure = measure;
    }

    RankingMetric(String name, Measure measure) {
        this(new LabelReader(name), true, measure);
    }

    /** Returns this metric, empty, for outputs that are probabilities. */
    public RankingMetric probabilities() {
        return new RankingMetric(reader, false, measure);
    }

    /** Returns this metric, empty, by another name. */
    public RankingMetric named(String name) {
        return new RankingMetric(reader.named(name), logits, measure);
    }

    /** Returns this metric, empty, without the labels that are this one. */
    public RankingMetric ignoreIndex(int label) {
        return new RankingMetric(reader.ignoreIndex(label), logits, measure);
    }

    /** Returns this metric, empty, for outputs of classes x positions, such as images. */
    public RankingMetric classesFirst() {
        return new RankingMetric(reader.classesFirst(), logits, measure);
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public void reset() {
        size = 0;
        columns = 0;
    }

    @Override
    public void add(Matrix batch, Targets targets) {
        outputs = batch.cols();
        reader.read(batch, targets, sink);
    }

    private void take(
            float[] data, int at, int stride, int classes, int label, int question, double weight) {
        if (question >= 0) {
            requireColumns(outputs);
            keep(data[at], label == 1, weight);
        } else if (classes <= 2) {
            requireColumns(1);
            float score = classes == 1 ? data[at] : data[at + stride] - data[at];
            keep(score, label == 1, weight);
        } else {
            requireColumns(classes);
            probabilities.of(data, at, stride, classes, logits);
            for (int c = 0; c < classes; c++) {
                keep((float) probabilities.probability(c), label == c, weight);
            }
        }
    }

    private void requireColumns(int count) {
        if (size > 0 && columns != count) {
            throw new IllegalArgumentException(
                    "%s: outputs have %s columns of scores, before they had %s; reset the metric"
                            .formatted(name(), count, columns));
        }
        columns = count;
    }

    private void keep(float score, boolean label, double weight) {
        if (size == scores.length) {
            int room = Math.max(size + 1, (int) Math.min(Integer.MAX_VALUE - 8L, size * 2L));
            scores = Arrays.copyOf(scores, room);
            weights = Arrays.copyOf(weights, room);
            positive = Arrays.copyOf(positive, room);
        }
        scores[size] = score;
        weights[size] = (float) weight;
        positive[size++] = label;
    }

    @Override
    public double value() {
        if (size == 0) {
            return Double.NaN;
        }
        for (int i = 0; i < size; i++) {
            if (Float.isNaN(scores[i])) {
                return Double.NaN;
            }
        }
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            sum += ofColumn(c, measure::of);
        }
        return sum / columns;
    }

    /**
     * Returns the receiver operating characteristic of all samples since the reset.
     *
     * @throws IllegalStateException if there was none, or there are more than two classes
     */
    public RocCurve rocCurve() {
        requireOneColumn("rocCurve");
        return ofColumn(0, Ranking::rocCurve);
    }

    /**
     * Returns the curve of precision and recall of all samples since the reset.
     *
     * @throws IllegalStateException if there was none, or there are more than two classes
     */
    public PrecisionRecallCurve precisionRecallCurve() {
        requireOneColumn("precisionRecallCurve");
        return ofColumn(0, Ranking::precisionRecallCurve);
    }

    private void requireOneColumn(String what) {
        if (size == 0 || columns != 1) {
            throw new IllegalStateException(
                    "%s: %s scores of %s columns; there must be some, of yes and no alone"
                            .formatted(what, size, columns));
        }
    }

    @FunctionalInterface
    private interface OfColumn<T> {
        T of(boolean[] positive, float[] scores, float[] weights);
    }

    private <T> T ofColumn(int column, OfColumn<T> what) {
        int rows = size / columns;
        boolean[] labels = new boolean[rows];
        float[] numbers = new float[rows];
        float[] factors = new float[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = positive[i * columns + column];
            numbers[i] = scores[i * columns + column];
            factors[i] = weights[i * columns + column];
        }
        return what.of(labels, numbers, factors);
    }

    @Override
    public void save(StateWriter out) {
        out.put("size", size);
        out.put("columns", columns);
        if (size == 0) {
            return;
        }
        float[] labels = new float[size];
        for (int i = 0; i < size; i++) {
            labels[i] = positive[i] ? 1 : 0;
        }
        out.put("scores", Matrix.of(scores, 1, size));
        out.put("weights", Matrix.of(weights, 1, size));
        out.put("positive", Matrix.of(labels, 1, size));
    }

    @Override
    public void load(StateReader in) throws IOException {
        size = 0;
        columns = in.get("columns").asInt();
        int count = in.get("size").asInt();
        if (count < 0 || count > 0 && (columns < 1 || count % columns != 0)) {
            throw in.get("size").expected("whole rows of %s scores".formatted(columns));
        }
        if (count == 0) {
            return;
        }
        float[] labels = in.read("positive", count);
        float[] numbers = in.read("scores", count);
        float[] factors = in.read("weights", count);
        for (int i = 0; i < count; i++) {
            keep(numbers[i], labels[i] != 0, factors[i]);
        }
    }
}
