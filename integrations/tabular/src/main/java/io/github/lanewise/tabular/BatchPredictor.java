package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.inference.InferenceSession;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Predicts for rows of values, many at once, for any number of threads; made by {@link
 * TabularModel#batchPredictor}. What a program such as a service keeps for its whole life: names
 * and networks are bound once.
 *
 * <p>The results have the bits of {@link TabularModel#predict(java.util.Map)}, however many rows
 * are together.
 */
public final class BatchPredictor {

    /** Rows whose features are made and computed at once. */
    private static final int BATCH = 256;

    private final TabularModel model;
    private final List<InputColumn> inputs;
    private final Set<String> texts;
    private final List<BoundMember> bound = new ArrayList<>();

    /** A network with the writers of its features. */
    private record BoundMember(
            Member member, Encoder.CellWriter[] writers, InferenceSession session, int width) {}

    BatchPredictor(TabularModel model) {
        this.model = model;
        this.inputs = model.inputs();
        this.texts = model.textColumns();
        for (Member member : model.members()) {
            Preprocessing preprocessing = member.preprocessing();
            bound.add(
                    new BoundMember(
                            member,
                            preprocessing.writers().toArray(Encoder.CellWriter[]::new),
                            InferenceSession.of(member.network(), BATCH).onCallersThread(),
                            preprocessing.counts().all()));
        }
    }

    /**
     * Predicts.
     *
     * @param rows each with the values of {@link TabularModel#columns()}, in their order: numbers,
     *     texts, booleans, enums, dates; null is missing
     * @throws IllegalArgumentException if a row has another number of values, or a value is none of
     *     its column's kind; names row, column and value
     */
    public Predictions predict(List<? extends List<?>> rows) {
        Target target = model.target();
        boolean classes = target.task().isClassification();
        Predictions sums =
                new Predictions(
                        classes ? new double[rows.size()][target.outputs()] : null,
                        classes ? null : new double[rows.size()]);
        for (int from = 0; from < rows.size(); from += BATCH) {
            int to = Math.min(from + BATCH, rows.size());
            for (BoundMember one : bound) {
                add(one, rows, from, to, sums);
            }
        }
        return sums;
    }

    private void add(
            BoundMember one, List<? extends List<?>> rows, int from, int to, Predictions sums) {
        Matrix features = Matrix.zeros(to - from, one.width);
        for (int i = from; i < to; i++) {
            write(one.writers, rows.get(i), i, features.data(), (i - from) * one.width);
        }
        Matrix outputs = one.session.predict(features);
        double[] scratch = new double[model.target().outputs()];
        float[] logits = new float[scratch.length];
        for (int i = from; i < to; i++) {
            System.arraycopy(outputs.data(), (i - from) * outputs.ld(), logits, 0, logits.length);
            one.member.add(sums, i, logits, scratch, 1.0 / bound.size());
        }
    }

    private void write(
            Encoder.CellWriter[] writers, List<?> values, int row, float[] features, int offset) {
        if (values.size() != writers.length) {
            throw new IllegalArgumentException(
                    Message.of(
                            "predict: row %d has %d values; the model takes %d: %s",
                            row,
                            values.size(),
                            writers.length,
                            String.join(", ", model.columns())));
        }
        for (int j = 0; j < writers.length; j++) {
            try {
                Cell.write(writers[j], values.get(j), features, offset);
            } catch (IllegalArgumentException e) {
                if (model.isLenient()) {
                    writers[j].write((String) null, features, offset);
                    continue;
                }
                String reason = e.getMessage().replaceFirst("^predict: ", "");
                throw new IllegalArgumentException(
                        Message.of("predict: row %d: %s", row, reason), e);
            }
        }
    }

    /**
     * Returns the value that a cell of a CSV text stands for: a number, where one with the decimal
     * mark of training stands in a column that had numbers alone, else the text.
     *
     * @param column place in {@link TabularModel#columns()}
     * @throws IllegalArgumentException if there must be a number with a decimal comma and is none
     */
    public Object csvValue(int column, String text) {
        char decimal = model.card().source().decimal();
        InputColumn input = inputs.get(column);
        boolean number = input.kind() == ColumnPlan.Kind.NUMBER;
        // levels of a column of numbers are 1.5 where 1.50 stands
        boolean numbers = number || input.kind() == ColumnPlan.Kind.CATEGORY;
        if (!numbers || texts.contains(input.name())) {
            return text;
        }
        double value = Numbers.parse(text, decimal);
        if (!Double.isNaN(value)) {
            return value;
        }
        if (!number || decimal == '.') {
            return text;
        }
        if (!model.isLenient()) {
            throw new IllegalArgumentException(
                    Message.of(
                            "csv: %s: '%s' is no number with a decimal comma, as in the table that"
                                    + " the model learnt from",
                            input.name(), text));
        }
        return null;
    }

    /**
     * Returns whether a value of a category is one that training has not seen; never for numbers,
     * dates and null.
     *
     * @param column place in {@link TabularModel#columns()}
     */
    public boolean isUnknown(int column, Object value) {
        String text = Cell.text(value);
        Set<String> levels = inputs.get(column).levels();
        return text != null && !levels.isEmpty() && !levels.contains(text);
    }
}
