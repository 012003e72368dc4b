package io.github.lanewise.onnx;

/** Texts from a file, fit for a message. */
final class Words {

    private static final int LONGEST = 400;

    private Words() {}

    /** Returns a text in one line of bounded length, without control characters. */
    static String line(String text) {
        String shown = String.valueOf(text);
        if (shown.length() > LONGEST) {
            shown = shown.substring(0, LONGEST) + "...";
        }
        return shown.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }
}
