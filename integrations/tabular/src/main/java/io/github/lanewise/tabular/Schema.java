package io.github.lanewise.tabular;

import java.util.List;

/**
 * What each column of a table is used for.
 *
 * @param columns a plan for each column but the target
 */
public record Schema(List<ColumnPlan> columns) {

    /** Copies the list. */
    public Schema {
        columns = List.copyOf(columns);
    }

    /** Returns the plans of the columns that are used. */
    public List<ColumnPlan> used() {
        return columns.stream().filter(c -> c.kind() != ColumnPlan.Kind.DROPPED).toList();
    }

    /** Returns the plans of the columns that are not used. */
    public List<ColumnPlan> dropped() {
        return columns.stream().filter(c -> c.kind() == ColumnPlan.Kind.DROPPED).toList();
    }

    /** Returns the decisions, a line for each column. */
    @Override
    public String toString() {
        return String.join("\n", columns.stream().map(ColumnPlan::toString).toList());
    }
}
