package io.github.lanewise.nn.internal;

/** Texts from outside, fit for a message. */
public final class Printable {

    private Printable() {}

    /**
     * Returns a text without what could disturb a log or a terminal: control and format characters
     * are shown as question marks, but for the joiners of Persian and of emoji.
     */
    public static String of(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\x{200C}\\x{200D}]]", "?");
    }
}
