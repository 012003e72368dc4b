package io.github.lanewise.tabular;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of a query. */
final class ResultSetTable {

    private ResultSetTable() {}

    static Table read(ResultSet rows) throws SQLException {
        ResultSetMetaData data = rows.getMetaData();
        List<Cells> cells = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            cells.add(cells(i, data.getColumnLabel(i), data.getColumnType(i)));
        }
        int count = 0;
        while (rows.next()) {
            for (Cells column : cells) {
                column.add(rows);
            }
            count++;
        }
        if (count == 0) {
            throw new IllegalArgumentException(
                    "Table: the query has no rows; there is nothing to learn from");
        }
        List<Column> columns = cells.stream().map(Cells::build).toList();
        return new Table(columns, new Source("query", 0, "", count, 0), List.of());
    }

    /** Fills one column. */
    private interface Cells {
        void add(ResultSet rows) throws SQLException;

        Column build();
    }

    private static Cells cells(int index, String name, int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE ->
                    new NumberCells(index, new NumberColumn.Builder(name));
            case Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> new WideCells(index, name);
            default -> new TextCells(index, new TextColumn.Builder(name));
        };
    }

    private record NumberCells(int index, NumberColumn.Builder column) implements Cells {
        @Override
        public void add(ResultSet rows) throws SQLException {
            double number = rows.getDouble(index);
            column.add(rows.wasNull() ? Double.NaN : number);
        }

        @Override
        public Column build() {
            return column.build();
        }
    }

    /** Numbers until one has more digits than a double: from then on, texts. */
    private static final class WideCells implements Cells {
        private final int index;
        private final String name;
        private Cells cells;
        private NumberColumn.Builder numbers;

        WideCells(int index, String name) {
            this.index = index;
            this.name = name;
            this.numbers = new NumberColumn.Builder(name);
            this.cells = new NumberCells(index, numbers);
        }

        @Override
        public void add(ResultSet rows) throws SQLException {
            if (numbers != null
                    && Math.abs(rows.getDouble(index)) >= Numbers.EXACT
                    && rows.getObject(index) instanceof Number number
                    && Cell.digits(number) != null) {
                TextColumn.Builder texts = new TextColumn.Builder(name);
                NumberColumn before = numbers.build();
                for (int row = 0; row < before.rows(); row++) {
                    texts.add(before.text(row));
                }
                numbers = null;
                cells = new TextCells(index, texts);
            }
            cells.add(rows);
        }

        @Override
        public Column build() {
            return cells.build();
        }
    }

    private record TextCells(int index, TextColumn.Builder column) implements Cells {
        @Override
        public void add(ResultSet rows) throws SQLException {
            column.add(Cell.text(rows.getObject(index)));
        }

        @Override
        public Column build() {
            return column.build();
        }
    }
}
