package io.github.lanewise.tabular;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads records, a column for each component. */
final class RecordTable {

    private static final Set<Class<?>> PRIMITIVES =
            Set.of(byte.class, short.class, int.class, long.class, float.class, double.class);

    private static final Set<Class<?>> TEXTS =
            Set.of(
                    String.class,
                    boolean.class,
                    Boolean.class,
                    char.class,
                    Character.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    Instant.class);

    private RecordTable() {}

    static <R extends Record> Table read(Collection<R> records, Class<R> type) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException(
                    Message.of("Table: no records of %s; give at least one", type.getSimpleName()));
        }
        List<Column> columns = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            columns.add(column(component, records, type));
        }
        Source source = new Source(type.getSimpleName(), 0, "", records.size(), 0);
        return new Table(columns, source, List.of());
    }

    /** Returns whether a component holds a number. */
    static boolean isNumber(Class<?> type) {
        return PRIMITIVES.contains(type) || Number.class.isAssignableFrom(type);
    }

    /** Returns whether a component holds something that is read as text. */
    static boolean isText(Class<?> type) {
        return TEXTS.contains(type) || type.isEnum();
    }

    private static <R extends Record> Column column(
            RecordComponent component, Collection<R> records, Class<R> type) {
        String name = component.getName();
        boolean number = isNumber(component.getType());
        if (number && !isLong(component, records)) {
            NumberColumn.Builder column = new NumberColumn.Builder(name);
            for (R record : records) {
                Object value = value(component, record);
                column.add(value == null ? Double.NaN : ((Number) value).doubleValue());
            }
            return column.build();
        }
        if (!number && !isText(component.getType())) {
            throw new IllegalArgumentException(
                    Message.of(
                            "Table: %s.%s is a %s; it must be a number, a text, a boolean, an enum"
                                    + " or a date",
                            type.getSimpleName(), name, component.getType().getSimpleName()));
        }
        TextColumn.Builder column = new TextColumn.Builder(name);
        for (R record : records) {
            column.add(Cell.text(value(component, record)));
        }
        return column.build();
    }

    private static boolean isLong(RecordComponent component, Collection<? extends Record> records) {
        return records.stream()
                .anyMatch(
                        record ->
                                value(component, record) instanceof Number number
                                        && Cell.digits(number) != null);
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    Message.of(
                            "Table: %s cannot be read; its package must be open to"
                                    + " io.github.lanewise.tabular",
                            component),
                    e);
        }
    }
}
