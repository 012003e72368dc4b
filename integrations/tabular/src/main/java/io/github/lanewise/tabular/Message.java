package io.github.lanewise.tabular;

import io.github.lanewise.nn.file.Printable;

import java.util.Locale;

/** Messages that show texts from outside, such as names and cells. */
final class Message {

    private static final int LONGEST = 1500;

    private Message() {}

    /**
     * Returns a message of one line, as {@code String.format}: in texts, what moves a cursor or
     * turns writing round is shown as {@code ?}, and what is long is cut.
     */
    static String of(String form, Object... values) {
        Object[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] instanceof String text) {
                shown[i] = Printable.of(text, LONGEST);
            }
        }
        return String.format(Locale.ROOT, form, shown);
    }
}
