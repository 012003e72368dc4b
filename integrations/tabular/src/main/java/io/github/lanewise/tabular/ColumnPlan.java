package io.github.lanewise.tabular;

import java.util.Locale;

/**
 * What a column is used for.
 *
 * @param name of the column
 * @param kind what it is used for
 * @param reason why, in a few words for the user
 * @param dates how its dates are written; null if it has none
 */
public record ColumnPlan(String name, Kind kind, String reason, DateFormat dates) {

    /** Uses of a column. */
    public enum Kind {
        /** A number. */
        NUMBER,
        /** One of several levels. */
        CATEGORY,
        /** A date, with or without a time. */
        DATE,
        /** Nothing. */
        DROPPED
    }

    /** Makes a plan for a column without dates. */
    ColumnPlan(String name, Kind kind, String reason) {
        this(name, kind, reason, null);
    }

    /** Returns the decision as a line for the user. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s: %s (%s)", name, kind.name().toLowerCase(Locale.ROOT), reason);
    }
}
