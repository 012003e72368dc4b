package io.github.lanewise.examples;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of CSV, as RFC 4180 has them. */
final class CsvText {

    private CsvText() {}

    /** Returns a line of fields, with its end. */
    static String line(Object... fields) {
        return Arrays.stream(fields)
                .map(field -> quoted(field == null ? "" : field.toString()))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        boolean plain =
                field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
