package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Some test rows of a run, in which a column may be changed to see what becomes of predictions. */
final class TestSample {

    private final TabularModel model;
    private final Table table;
    private final int[] all;

    /**
     * Draws rows.
     *
     * @param run whose test rows they are
     * @param most of them, at most
     * @param random draws them, if there are more
     */
    TestSample(TabularRun run, int most, RandomStream random) {
        this.model = run.model();
        int[] rows = some(run.testRows(), most, random);
        List<Column> columns = new ArrayList<>();
        for (String name : model.columns()) {
            columns.add(rows(run.testTable().column(name), rows));
        }
        columns.add(rows(run.testTable().column(model.target().column()), rows));
        this.table = Table.of(columns.toArray(Column[]::new));
        this.all = IntStream.range(0, rows.length).toArray();
    }

    private static int[] some(int[] rows, int most, RandomStream random) {
        if (rows.length <= most) {
            return rows;
        }
        int[] order = new int[rows.length];
        random.stream("rows").permutation(order);
        return Arrays.stream(order, 0, most).map(i -> rows[i]).toArray();
    }

    int size() {
        return all.length;
    }

    Column column(String name) {
        return table.column(name);
    }

    TestMeasure measure() {
        return new TestMeasure(model.target(), table, all);
    }

    /** Predicts for the rows as they are. */
    Predictions predict() {
        return model.predict(table, all);
    }

    /** Predicts for the rows with another column in place of the one of its name. */
    Predictions predict(Column changed) {
        Table other =
                Table.of(
                        table.columns().stream()
                                .map(c -> c.name().equals(changed.name()) ? changed : c)
                                .toArray(Column[]::new));
        return model.predict(other, all);
    }

    /** Returns some rows of a column, in their order. */
    static Column rows(Column column, int[] rows) {
        return switch (column) {
            case NumberColumn numbers ->
                    NumberColumn.of(
                            numbers.name(),
                            IntStream.of(rows).mapToDouble(numbers::number).toArray());
            case TextColumn texts ->
                    TextColumn.of(
                            texts.name(),
                            texts.decimal(),
                            IntStream.of(rows).mapToObj(texts::text).toArray(String[]::new));
        };
    }
}
