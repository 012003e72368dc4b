package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * How much worse a model becomes when the cells of one column change places (Breiman, "Random
 * forests", 2001): what it makes of that column. Columns that tell the same share what they tell.
 */
public final class PermutationImportance {

    /** More rows change little. */
    private static final int MOST_ROWS = 2000;

    private PermutationImportance() {}

    /**
     * Returns the rise of the log loss, or of the root of the mean squared error, for each column
     * of the model, the greatest first.
     *
     * @param run whose test rows are taken, at most 2,000 of them
     */
    public static SequencedMap<String, Double> of(TabularRun run) {
        TabularModel model = run.model();
        RandomStream random = new RandomStream(run.seed()).stream("importance");
        int[] rows = some(run.testRows(), random);
        Table table = part(run.testTable(), model, rows);
        int[] all = IntStream.range(0, rows.length).toArray();
        TestMeasure test = new TestMeasure(model.target(), table, all);
        double before = loss(model, test.of(model.predict(table, all)));
        Map<String, Double> rises = new LinkedHashMap<>();
        int[] order = new int[rows.length];
        for (String column : model.columns()) {
            random.stream(column).permutation(order);
            Table changed = with(table, rows(table.column(column), order));
            rises.put(column, loss(model, test.of(model.predict(changed, all))) - before);
        }
        SequencedMap<String, Double> sorted = new LinkedHashMap<>();
        rises.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static double loss(TabularModel model, Measures measures) {
        return measures.get(model.target().task().isClassification() ? "logLoss" : "rmse");
    }

    private static int[] some(int[] rows, RandomStream random) {
        if (rows.length <= MOST_ROWS) {
            return rows;
        }
        int[] order = new int[rows.length];
        random.stream("rows").permutation(order);
        return Arrays.stream(order, 0, MOST_ROWS).map(i -> rows[i]).toArray();
    }

    private static Table part(Table table, TabularModel model, int[] rows) {
        List<Column> columns = new ArrayList<>();
        for (String name : model.columns()) {
            columns.add(rows(table.column(name), rows));
        }
        columns.add(rows(table.column(model.target().column()), rows));
        return Table.of(columns.toArray(Column[]::new));
    }

    private static Table with(Table table, Column changed) {
        return Table.of(
                table.columns().stream()
                        .map(c -> c.name().equals(changed.name()) ? changed : c)
                        .toArray(Column[]::new));
    }

    private static Column rows(Column column, int[] rows) {
        return switch (column) {
            case NumberColumn numbers ->
                    NumberColumn.of(
                            numbers.name(),
                            IntStream.of(rows).mapToDouble(numbers::number).toArray());
            case TextColumn texts ->
                    TextColumn.of(
                            texts.name(),
                            IntStream.of(rows).mapToObj(texts::text).toArray(String[]::new));
        };
    }
}
