package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A table that a model is asked about: what does not fit, and what fills the gaps. */
final class ServingTable {

    private ServingTable() {}

    /** Returns the first fault of each row that has one, in the order of the rows. */
    static SequencedMap<Integer, String> faults(TabularModel model, Table table) {
        TreeMap<Integer, String> faults = new TreeMap<>();
        for (Encoder encoder : model.members().getFirst().preprocessing().encoders()) {
            if (model.isLenient() && !table.has(encoder.column())) {
                continue;
            }
            Column column = column(model, table, encoder.column());
            String kind =
                    switch (encoder) {
                        case NumberEncoder _ -> column instanceof NumberColumn ? null : "number";
                        case CategoryEncoder _ -> null;
                        case DateEncoder date -> "date of the form " + date.format();
                    };
            for (int row = 0; kind != null && row < table.rows(); row++) {
                if (!column.isMissing(row) && !fits(encoder, column, row)) {
                    faults.putIfAbsent(
                            row,
                            Message.of(
                                    "row %d: %s: '%s' is no %s",
                                    row + 1, column.name(), column.text(row), kind));
                }
            }
        }
        return new LinkedHashMap<>(faults);
    }

    private static Column column(TabularModel model, Table table, String name) {
        if (!table.has(name)) {
            List<String> names = table.columns().stream().map(Column::name).toList();
            throw new IllegalArgumentException(
                    Message.of(
                            "predict: the table has no column '%s'%s",
                            name, Names.given(name, model.columns(), names)));
        }
        return table.column(name);
    }

    private static boolean fits(Encoder encoder, Column column, int row) {
        return encoder instanceof DateEncoder date
                ? date.format().parse(column.text(row)) != null
                : !Double.isNaN(column.number(row));
    }

    /** Returns the table with all columns: for a lenient model, absent ones are missing. */
    static Table complete(TabularModel model, Table table) {
        List<Column> columns = new ArrayList<>(table.columns());
        for (String name : model.columns()) {
            if (model.isLenient() && !table.has(name)) {
                columns.add(TextColumn.of(name, new String[table.rows()]));
            } else {
                column(model, table, name);
            }
        }
        return columns.size() == table.columns().size()
                ? table
                : new Table(columns, table.source(), table.notes());
    }
}
