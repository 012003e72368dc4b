package io.github.lanewise.tabular;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A trained model with its preprocessing, from the values of a row to a prediction. Thread-safe.
 *
 * <p>A row must have a value for each {@link #columns() column}; null is a missing one. Columns
 * that the model does not use are ignored.
 */
public final class TabularModel {

    private final List<Member> members;
    private final Schema schema;
    private final List<String> columns;

    TabularModel(Schema schema, List<Member> members) {
        this.schema = schema;
        this.members = List.copyOf(members);
        this.columns = members.getFirst().preprocessing().columns();
    }

    /** Returns the names of the columns that a row must have. */
    public List<String> columns() {
        return columns;
    }

    /** Returns what is predicted. */
    public Target target() {
        return members.getFirst().target();
    }

    /** Returns what each column of the training table is used for. */
    public Schema schema() {
        return schema;
    }

    List<Member> members() {
        return members;
    }

    /**
     * Predicts for one row.
     *
     * @param row values by column: numbers, texts, booleans, enums, dates; null is missing
     * @throws IllegalArgumentException if a column is absent, or a value is none of its kind
     */
    public Prediction predict(Map<String, ?> row) {
        Set<String> absent = new LinkedHashSet<>(columns);
        absent.removeAll(row.keySet());
        if (!absent.isEmpty()) {
            String name = absent.iterator().next();
            List<String> others =
                    row.keySet().stream().filter(key -> !columns.contains(key)).toList();
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "predict: no value for '%s'%s; give null for a missing one",
                            name,
                            others.isEmpty() ? "" : Names.suggest(name, others)));
        }
        RowPredictor predictor = new RowPredictor(members);
        List<Object> values = new ArrayList<>();
        for (String column : columns) {
            values.add(row.get(column));
        }
        return Prediction.of(target(), predictor.predict(values), 0);
    }

    /**
     * Predicts for all rows of a table.
     *
     * @throws IllegalArgumentException if it lacks a column
     */
    public Predictions predict(Table table) {
        return predict(table, IntStream.range(0, table.rows()).toArray());
    }

    Predictions predict(Table table, int[] rows) {
        boolean classes = target().task().isClassification();
        Predictions sums =
                new Predictions(
                        classes ? new double[rows.length][target().outputs()] : null,
                        classes ? null : new double[rows.length]);
        for (Member member : members) {
            member.addTo(sums, table, rows, 1.0 / members.size());
        }
        return sums;
    }

    /**
     * Predicts for the rows of a query, one after another, as the stream asks for them; the rows
     * must stay open until then.
     *
     * @throws SQLException if the database fails; while the stream runs, as the cause of an {@link
     *     IllegalStateException}
     * @throws IllegalArgumentException if the query lacks a column
     */
    public Stream<Prediction> predict(ResultSet rows) throws SQLException {
        return ResultSetPredictions.of(this, rows);
    }

    /**
     * Makes a predictor for records, whose components are the columns by name.
     *
     * @throws IllegalArgumentException if the record lacks a column, or holds what no cell is
     */
    public <R extends Record> RecordPredictor<R> predictor(Class<R> type) {
        return new RecordPredictor<>(this, type);
    }
}
