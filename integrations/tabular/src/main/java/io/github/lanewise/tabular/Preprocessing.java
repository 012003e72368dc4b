package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Turns rows into features by what the training rows told, and nothing else: a value that can be
 * kept with the model.
 *
 * @param encoders one for each column that is used, in the table's order
 */
public record Preprocessing(List<Encoder> encoders) {

    private static final int MOST_REASONS = 20;

    /** Copies the list. */
    public Preprocessing {
        encoders = List.copyOf(encoders);
    }

    /** Takes the statistics of the training rows. */
    static Preprocessing fit(Schema schema, Table table, int[] rows) {
        List<Encoder> encoders = new ArrayList<>();
        for (ColumnPlan plan : schema.used()) {
            Column column = table.column(plan.name());
            encoders.add(
                    switch (plan.kind()) {
                        case NUMBER -> NumberEncoder.fit(column, rows);
                        case CATEGORY -> CategoryEncoder.fit(column, rows);
                        case DATE -> DateEncoder.fit(column, plan.dates(), rows);
                        case DROPPED -> throw new AssertionError(plan);
                    });
        }
        if (encoders.isEmpty()) {
            throw new IllegalArgumentException(
                    "schema: no column is left to learn from" + reasons(schema, table));
        }
        return new Preprocessing(encoders);
    }

    /** Returns why columns were dropped, and before that what kept them from being numbers. */
    private static String reasons(Schema schema, Table table) {
        List<String> reasons = new ArrayList<>(table.notes());
        schema.columns().forEach(plan -> reasons.add(plan.toString()));
        return reasons.isEmpty()
                ? "; there is none beside the target"
                : ":\n" + String.join("\n", reasons.stream().limit(MOST_REASONS).toList());
    }

    /** Returns the names of the columns that are used, in order. */
    public List<String> columns() {
        return encoders.stream().map(Encoder::column).toList();
    }

    /**
     * Returns a row that nobody has: the median of each number and date, the most frequent level of
     * each category; null where there is none.
     */
    SequencedMap<String, String> example() {
        SequencedMap<String, String> example = new LinkedHashMap<>();
        for (Encoder encoder : encoders) {
            example.put(encoder.column(), encoder.usual());
        }
        return example;
    }

    /** Returns how many features of each kind a row has. */
    public Features.Counts counts() {
        Features.Counts counts = Features.Counts.NONE;
        for (Encoder encoder : encoders) {
            counts = counts.plus(encoder.featureCounts());
        }
        return counts;
    }

    /** Returns the encoders of embedded levels, in the order of their ids. */
    List<CategoryEncoder> embedded() {
        List<CategoryEncoder> embedded = new ArrayList<>();
        for (Encoder encoder : encoders) {
            if (encoder instanceof CategoryEncoder category && !category.isCoded()) {
                embedded.add(category);
            }
        }
        return embedded;
    }

    /** Makes a writer for each column, in order. */
    List<Encoder.CellWriter> writers() {
        Features.Counts counts = counts();
        Features.Counts place =
                new Features.Counts(0, counts.numbers(), counts.numbers() + counts.codes());
        List<Encoder.CellWriter> writers = new ArrayList<>();
        for (Encoder encoder : encoders) {
            writers.add(encoder.writer(place));
            place = place.plus(encoder.featureCounts());
        }
        return writers;
    }

    /**
     * Makes a writer of the rows of a table, which must have all columns.
     *
     * @throws IllegalArgumentException if a column is missing
     */
    Encoder.RowWriter of(Table table) {
        List<Encoder.CellWriter> writers = writers();
        Encoder.RowWriter[] columns = new Encoder.RowWriter[writers.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = writers.get(i).of(table.column(encoders.get(i).column()));
        }
        return (row, features, offset) -> {
            for (Encoder.RowWriter column : columns) {
                column.write(row, features, offset);
            }
        };
    }
}
