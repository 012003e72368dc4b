package io.github.lanewise.tabular;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.LocalDateTime;

/** A value from outside as the text of a cell. */
final class Cell {

    private static final int EXACT_BITS = 53;

    /** No double is as large as a number of so many zeroes. */
    private static final int MOST_ZEROES = 308;

    private Cell() {}

    /** Returns the text without spaces around it; null for null and the empty text. */
    static String text(Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case Timestamp time -> iso(time.toLocalDateTime());
                    case Number number -> {
                        String digits = digits(number);
                        yield digits != null ? digits : Numbers.text(number.doubleValue());
                    }
                    case Enum<?> constant -> constant.name();
                    default -> value.toString().strip();
                };
        return text.isEmpty() ? null : text;
    }

    /** Returns the digits of a whole number for which a double has too few; null for others. */
    static String digits(Number number) {
        BigInteger whole =
                switch (number) {
                    case Long l ->
                            l > -Numbers.EXACT && l < Numbers.EXACT ? null : BigInteger.valueOf(l);
                    case BigInteger integer -> integer;
                    case BigDecimal decimal ->
                            decimal.scale() <= 0 && decimal.scale() > -MOST_ZEROES
                                    ? decimal.toBigInteger()
                                    : null;
                    default -> null;
                };
        boolean isLong = whole != null && whole.abs().bitLength() > EXACT_BITS;
        return isLong ? whole.toString() : null;
    }

    /**
     * Writes the features of a value: those of a number where a double holds it, else of a text.
     */
    static void write(Encoder.CellWriter writer, Object value, float[] row, int offset) {
        if (value instanceof Number number && digits(number) == null) {
            writer.write(number.doubleValue(), row, offset);
        } else {
            writer.write(text(value), row, offset);
        }
    }

    private static String iso(LocalDateTime time) {
        return time.toString();
    }
}
