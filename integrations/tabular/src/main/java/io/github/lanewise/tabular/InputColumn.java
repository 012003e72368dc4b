package io.github.lanewise.tabular;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * What a model takes in one column: what a form or a service must know of it.
 *
 * @param name of the column
 * @param kind what it is used for
 * @param levels that training has seen, most frequent first; empty for numbers and dates
 * @param typical the median of the numbers or dates, or the most frequent level; null if none
 * @param pattern how dates are written, as {@code --date} takes it; null for other kinds
 */
public record InputColumn(
        String name,
        ColumnPlan.Kind kind,
        SequencedSet<String> levels,
        Object typical,
        String pattern) {

    /** Copies the levels. */
    public InputColumn {
        levels = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(levels));
    }

    static InputColumn of(Encoder encoder) {
        return switch (encoder) {
            case NumberEncoder number ->
                    new InputColumn(
                            number.column(),
                            ColumnPlan.Kind.NUMBER,
                            new LinkedHashSet<>(),
                            number.scale().median(),
                            null);
            case CategoryEncoder category -> {
                LinkedHashSet<String> levels = new LinkedHashSet<>(category.known());
                levels.addAll(category.rare());
                yield new InputColumn(
                        category.column(),
                        ColumnPlan.Kind.CATEGORY,
                        levels,
                        levels.isEmpty() ? null : levels.getFirst(),
                        null);
            }
            case DateEncoder date ->
                    new InputColumn(
                            date.column(),
                            ColumnPlan.Kind.DATE,
                            new LinkedHashSet<>(),
                            date.usual(),
                            date.format().toString());
        };
    }
}
