package io.github.lanewise.tabular;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows and named columns in memory, column by column.
 *
 * <p>Numbers take 1 to 8 bytes a cell, texts 1 or 4 and each different text once. A table is
 * immutable and may be read by several threads.
 */
public final class Table {

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<Column> list;
    private final Source source;
    private final List<String> notes;
    private final int rows;

    /**
     * Makes a table of equally long columns.
     *
     * @param source where it came from
     * @param notes what was noticed while reading it, sentence by sentence
     * @throws IllegalArgumentException if there is no column, they differ in length, or two have
     *     one name
     */
    public Table(List<? extends Column> columns, Source source, List<String> notes) {
        this.list = List.copyOf(columns);
        this.source = source;
        this.notes = List.copyOf(notes);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Table: no columns; give at least one");
        }
        this.rows = list.getFirst().rows();
        for (Column column : list) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(
                        Message.of(
                                "Table: %s has %d rows, %s has %d; all must have as many",
                                list.getFirst().name(), rows, column.name(), column.rows()));
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException(
                        Message.of(
                                "Table: two columns are named '%s'; each name must be there once",
                                column.name()));
            }
        }
    }

    /** Makes a table of columns that came from nowhere in particular. */
    public static Table of(Column... columns) {
        int rows = columns.length == 0 ? 0 : columns[0].rows();
        return new Table(List.of(columns), new Source("columns", 0, "", rows, 0), List.of());
    }

    /**
     * Reads all rows of a query, one after another; set a fetch size before where the driver would
     * otherwise hold them all.
     *
     * <p>SQL's numbers become numbers, everything else texts: booleans true and false, dates and
     * times in ISO form.
     *
     * @throws SQLException if the database fails
     */
    public static Table of(ResultSet rows) throws SQLException {
        return ResultSetTable.read(rows);
    }

    /**
     * Takes records, a column for each component: numbers, texts, booleans, enums, dates; null is
     * missing.
     *
     * @throws IllegalArgumentException if there is no record, or a component has another type
     */
    public static <R extends Record> Table of(Collection<R> records, Class<R> type) {
        return RecordTable.read(records, type);
    }

    /** Returns the columns, in order. */
    public List<Column> columns() {
        return list;
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns whether there is such a column. */
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /**
     * Returns a column.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    Message.of(
                            "Table: no column '%s'%s",
                            name, Names.suggest(name, columns.keySet())));
        }
        return column;
    }

    /** Returns where the table came from. */
    public Source source() {
        return source;
    }

    /** Returns what was noticed while reading it. */
    public List<String> notes() {
        return notes;
    }

    /** Returns about how many bytes of memory it takes. */
    public long bytes() {
        return list.stream().mapToLong(Column::bytes).sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "Table(%s, %d rows x %d columns)", source.name(), rows, list.size());
    }
}
