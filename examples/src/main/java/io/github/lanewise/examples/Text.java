package io.github.lanewise.examples;

import java.util.Locale;

/** Texts that look alike for everybody: digits are ASCII whatever the locale of the user. */
public final class Text {

    private Text() {}

    /** Formats as {@link String#format}, in {@link Locale#ROOT}. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
