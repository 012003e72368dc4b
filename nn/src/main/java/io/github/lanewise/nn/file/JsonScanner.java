package io.github.lanewise.nn.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** The words of JSON text: where a reader is in it, strings and numbers. */
final class JsonScanner {

    /** How long a number may be; a double that is written out in full has some 770 digits. */
    static final int MAX_NUMBER_LENGTH = 1024;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String source;
    private final byte[] text;
    private final long base;
    private int at;

    /**
     * Starts before a text.
     *
     * @param source how messages begin: the operation and the file
     * @param text the whole text
     * @param base offset of the text in its file, for messages
     */
    JsonScanner(String source, byte[] text, long base) {
        this.source = source;
        this.text = text;
        this.base = base;
    }

    /** Skips the byte order mark of UTF-8 at the start, and refuses those of UTF-16. */
    void skipMark() throws FormatException {
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            at = 3;
        } else if (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE)) {
            throw error("UTF-8", "the byte order mark of UTF-16; write the text in UTF-8");
        }
    }

    private boolean startsWith(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= text.length || (text[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Skips white space; returns the next byte without taking it, or -1 at the end. */
    int next() {
        while (at < text.length) {
            byte b = text[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xFF;
            }
            at++;
        }
        return -1;
    }

    /** Returns the offset in the file of the byte that comes next. */
    long offset() {
        return base + at;
    }

    /** Takes this byte and no other. */
    void take(char c, String expected) throws FormatException {
        if (here() != c) {
            throw error(expected);
        }
        at++;
    }

    /** Takes a word, and returns what it stands for. */
    Object word(String word, Boolean value) throws FormatException {
        for (int i = 0; i < word.length(); i++) {
            take(word.charAt(i), word);
        }
        return value;
    }

    /** Takes a number, as it is written. */
    String number() throws FormatException {
        int from = at;
        if (here() == '-') {
            at++;
        }
        if (here() == '0') {
            at++;
        } else {
            digits();
        }
        if (here() == '.') {
            at++;
            digits();
        }
        if (here() == 'e' || here() == 'E') {
            at++;
            if (here() == '+' || here() == '-') {
                at++;
            }
            digits();
        }
        if (at - from > MAX_NUMBER_LENGTH) {
            throw error(
                    base + from,
                    String.format(
                            Locale.ROOT, "a number of at most %,d characters", MAX_NUMBER_LENGTH),
                    String.format(Locale.ROOT, "%,d", at - from));
        }
        return new String(text, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private void digits() throws FormatException {
        int from = at;
        while (here() >= '0' && here() <= '9') {
            at++;
        }
        if (at == from) {
            throw error("a digit");
        }
    }

    /** Takes a string, from quote to quote. */
    String string() throws FormatException {
        int from = ++at;
        while (at < text.length && text[at] >= 0x20 && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        String ascii = new String(text, from, at - from, StandardCharsets.ISO_8859_1);
        if (here() == '"') {
            at++;
            return ascii;
        }
        return rest(new StringBuilder(ascii));
    }

    /** Takes the rest of a string that has more than plain ASCII. */
    private String rest(StringBuilder string) throws FormatException {
        while (here() != '"') {
            int b = here();
            if (b < 0) {
                throw error("'\"' at the end of a string");
            } else if (b == '\\') {
                escape(string);
            } else if (b < 0x20) {
                throw error("control characters escaped");
            } else if (b < 0x80) {
                string.append((char) b);
                at++;
            } else {
                string.appendCodePoint(beyondAscii());
            }
        }
        at++;
        return string.toString();
    }

    private void escape(StringBuilder string) throws FormatException {
        at++;
        int plain = "\"\\/bfnrt".indexOf(here());
        if (plain >= 0) {
            string.append("\"\\/\b\f\n\r\t".charAt(plain));
            at++;
            return;
        }
        take('u', "one of \"\\/bfnrtu after a backslash");
        long offset = base + at;
        char unit = hex();
        if (Character.isHighSurrogate(unit)) {
            take('\\', "the second half of a surrogate pair");
            take('u', "the second half of a surrogate pair");
            string.append(unit);
            offset = base + at;
            unit = hex();
            if (!Character.isLowSurrogate(unit)) {
                throw error(offset, "the second half of a surrogate pair", hexText(unit));
            }
        } else if (Character.isLowSurrogate(unit)) {
            throw error(offset, "the first half of a surrogate pair before", hexText(unit));
        }
        string.append(unit);
    }

    private static String hexText(char unit) {
        return String.format(Locale.ROOT, "%04X", (int) unit);
    }

    private char hex() throws FormatException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = here() < 0x80 ? Character.digit(here(), 16) : -1;
            if (digit < 0) {
                throw error("a hexadecimal digit");
            }
            unit = unit * 16 + digit;
            at++;
        }
        return (char) unit;
    }

    /** Takes one character of two to four bytes: in its shortest form, and no surrogate. */
    private int beyondAscii() throws FormatException {
        int lead = here();
        int length = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int codePoint = lead & 0xFF >> length + 1;
        boolean valid = length > 1 && at + length <= text.length;
        for (int i = 1; valid && i < length; i++) {
            int b = text[at + i];
            valid = (b & 0xC0) == 0x80;
            codePoint = codePoint << 6 | b & 0x3F;
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean surrogate = codePoint >> 11 == Character.MIN_SURROGATE >> 11;
        if (!valid || codePoint < least || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw error("valid UTF-8");
        }
        at += length;
        return codePoint;
    }

    private int here() {
        return at < text.length ? text[at] & 0xFF : -1;
    }

    /** Makes the error for what comes next. */
    FormatException error(String expected) {
        int b = here();
        String found =
                b < 0
                        ? "the end"
                        : b > 0x20 && b < 0x7F
                                ? "'" + (char) b + "'"
                                : "byte 0x" + HEX.toHexDigits((byte) b);
        return error(expected, found);
    }

    /** Makes the error for what comes next. */
    FormatException error(String expected, String found) {
        return error(base + at, expected, found);
    }

    /** Makes the error for what begins at an offset. */
    FormatException error(long offset, String expected, String found) {
        return new FormatException(
                source + ": offset " + offset + ": expected " + expected + ", found " + found);
    }
}
