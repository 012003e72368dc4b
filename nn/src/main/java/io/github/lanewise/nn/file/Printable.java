package io.github.lanewise.nn.file;

/** Texts from outside, such as names in a file, fit for a message, a log or a terminal. */
public final class Printable {

    private Printable() {}

    /**
     * Returns a text in one line, in which what moves a cursor or turns writing round (control and
     * format characters, separators of lines) is shown as question marks, but for the joiners of
     * Persian and of emoji.
     */
    public static String of(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\x{200C}\\x{200D}]]", "?");
    }

    /** Returns the same of a text that is cut after so many characters, if it is longer. */
    public static String of(String text, int longest) {
        return of(text.length() <= longest ? text : text.substring(0, longest) + "...");
    }
}
