package io.github.lanewise.tabular;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.graph.Model;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A trained model with its preprocessing, from the values of a row to a prediction. Thread-safe.
 *
 * <p>A row must have a value for each {@link #columns() column}; null is a missing one. Columns
 * that the model does not use are ignored. See {@link #lenient()} for rows that do not keep to it.
 */
public final class TabularModel {

    /** The probability above which a row counts as positive, unless told otherwise. */
    private static final double HALF = 0.5;

    private final List<Member> members;
    private final Schema schema;
    private final List<String> columns;
    private final ModelCard card;
    private final double threshold;
    private final boolean lenient;

    TabularModel(
            Schema schema,
            List<Member> members,
            ModelCard card,
            double threshold,
            boolean lenient) {
        this.members = List.copyOf(members);
        this.schema = schema;
        this.columns = members.getFirst().preprocessing().columns();
        this.card = card;
        this.threshold = threshold;
        this.lenient = lenient;
    }

    /** Makes a model that has yet to be measured. */
    static TabularModel of(Schema schema, List<Member> members) {
        return new TabularModel(schema, members, null, HALF, false);
    }

    /** Returns this model with a card. */
    TabularModel card(ModelCard other) {
        return new TabularModel(schema, members, other, threshold, lenient);
    }

    /**
     * Reads a model that {@link #save} wrote.
     *
     * @throws io.github.lanewise.nn.file.FormatException if the file is damaged or no such model;
     *     says where, what was expected and what was found
     */
    public static TabularModel load(Path file) throws IOException {
        return TabularFile.read(Objects.requireNonNull(file, "file"));
    }

    /** Writes this model into a safetensors file: whole, or not at all. */
    public void save(Path file) throws IOException {
        TabularFile.write(this, Objects.requireNonNull(file, "file"));
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

    /** Returns where the model came from and how good it was. */
    public ModelCard card() {
        return card;
    }

    /**
     * Returns the probability above which a row counts as positive, where there are two classes.
     */
    public double threshold() {
        return threshold;
    }

    /**
     * Returns this model with another threshold.
     *
     * @throws IllegalArgumentException if it is no probability
     */
    public TabularModel threshold(double other) {
        if (!(other >= 0 && other <= 1)) {
            throw new IllegalArgumentException(
                    Message.of("threshold: is %s; it must be from 0 to 1", other));
        }
        return new TabularModel(schema, members, card, other, lenient);
    }

    /**
     * Returns this model for rows from careless hands: a column that is absent is missing, and so
     * is a value that is none of its column's kind.
     */
    public TabularModel lenient() {
        return new TabularModel(schema, members, card, threshold, true);
    }

    boolean isLenient() {
        return lenient;
    }

    /**
     * Returns a row that nobody has: the medians of numbers and dates, the most frequent levels of
     * categories; null where there is none.
     */
    public SequencedMap<String, String> example() {
        return members.getFirst().preprocessing().example();
    }

    /** Returns the networks whose mean the model is. */
    public List<Model> networks() {
        return members.stream().map(Member::network).toList();
    }

    /** Returns the parameters of all networks, in order. */
    public List<Param> parameters() {
        return networks().stream().flatMap(n -> n.parameters().values().stream()).toList();
    }

    /** Returns the columns whose cells must be read as texts for levels to be found again. */
    public Set<String> textColumns() {
        Set<String> texts = new LinkedHashSet<>();
        for (Member member : members) {
            for (Encoder encoder : member.preprocessing().encoders()) {
                if (encoder instanceof CategoryEncoder category && category.isOfTexts()) {
                    texts.add(category.column());
                }
            }
        }
        return texts;
    }

    List<Member> members() {
        return members;
    }

    /** Returns the class of a row: the most probable one, or of two what the threshold says. */
    public int label(Predictions predictions, int row) {
        return target().task() == Task.BINARY
                ? predictions.probabilities()[row][1] > threshold ? 1 : 0
                : predictions.label(row);
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
        if (!lenient && !absent.isEmpty()) {
            String name = absent.iterator().next();
            throw new IllegalArgumentException(
                    Message.of(
                            "predict: no value for '%s'%s; give null for a missing one",
                            name, Names.given(name, columns, row.keySet())));
        }
        RowPredictor predictor = new RowPredictor(members, lenient);
        List<Object> values = new ArrayList<>();
        for (String column : columns) {
            values.add(row.get(column));
        }
        return Prediction.of(this, predictor.predict(values), 0);
    }

    /**
     * Predicts for all rows of a table.
     *
     * @throws IllegalArgumentException if it lacks a column, or a cell is none of its column's kind
     */
    public Predictions predict(Table table) {
        if (!lenient) {
            faults(table).values().stream()
                    .findFirst()
                    .ifPresent(
                            fault -> {
                                throw new IllegalArgumentException("predict: " + fault);
                            });
        }
        return predict(
                ServingTable.complete(this, table), IntStream.range(0, table.rows()).toArray());
    }

    /**
     * Returns what is wrong with the rows of a table, by their number from 0: cells that are none
     * of their column's kind.
     *
     * @throws IllegalArgumentException if it lacks a column
     */
    public SequencedMap<Integer, String> faults(Table table) {
        return ServingTable.faults(this, table);
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

    /** Makes a predictor for rows of values, many at once, that binds the model once. */
    public BatchPredictor batchPredictor() {
        return new BatchPredictor(this);
    }

    /** Returns what the model takes in each of the {@link #columns()}. */
    public List<InputColumn> inputs() {
        return members.getFirst().preprocessing().encoders().stream().map(InputColumn::of).toList();
    }
}
