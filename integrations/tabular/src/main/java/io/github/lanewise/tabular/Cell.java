package io.github.lanewise.tabular;

import java.sql.Timestamp;
import java.time.LocalDateTime;

/** A value from outside as the text of a cell. */
final class Cell {

    private Cell() {}

    /** Returns the text without spaces around it; null for null and the empty text. */
    static String text(Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case Timestamp time -> iso(time.toLocalDateTime());
                    case Number number -> Numbers.text(number.doubleValue());
                    case Enum<?> constant -> constant.name();
                    default -> value.toString().strip();
                };
        return text.isEmpty() ? null : text;
    }

    private static String iso(LocalDateTime time) {
        return time.toString();
    }
}
