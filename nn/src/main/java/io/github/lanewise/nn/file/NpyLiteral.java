package io.github.lanewise.nn.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the one kind of Python literal that NPY's header is, and no other: a dictionary of {@code
 * 'descr'}, a string, {@code 'fortran_order'}, a truth value, and {@code 'shape'}, a tuple of whole
 * numbers.
 */
final class NpyLiteral {

    private final String source;
    private final String text;
    private final int base;
    private int at;

    /** Takes the text and its offset in the file. */
    NpyLiteral(String source, byte[] text, int base) {
        this.source = source;
        this.text = new String(text, StandardCharsets.ISO_8859_1);
        this.base = base;
    }

    /** Reads the header, whose array begins at an offset. */
    NpyHeader header(int length) throws FormatException {
        String descr = null;
        Boolean columnMajor = null;
        List<Long> shape = null;
        take('{');
        while (next() != '}') {
            int before = at;
            String key = string();
            take(':');
            boolean twice;
            switch (key) {
                case "descr" -> {
                    twice = descr != null;
                    descr = type();
                }
                case "fortran_order" -> {
                    twice = columnMajor != null;
                    columnMajor = truth();
                }
                case "shape" -> {
                    twice = shape != null;
                    shape = tuple();
                }
                default -> throw error(before, "'descr', 'fortran_order' or 'shape'");
            }
            if (twice) {
                throw error(before, "each key once");
            }
            if (next() != '}') {
                take(',');
            }
        }
        take('}');
        if (next() >= 0) {
            throw error(at, "nothing after the dictionary");
        }
        if (descr == null || columnMajor == null || shape == null) {
            throw error(0, "all of 'descr', 'fortran_order' and 'shape'");
        }
        return new NpyHeader(length, descr, columnMajor, shape);
    }

    /** A type of several fields is a list, which is returned as it stands. */
    private String type() throws FormatException {
        if (next() != '[') {
            return string();
        }
        int from = at;
        int open = 0;
        do {
            int c = next();
            if (c == '\'' || c == '"') {
                string();
                continue;
            }
            if (c < 0) {
                throw error(from, "a list with an end");
            }
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            at++;
        } while (open > 0);
        return text.substring(from, at);
    }

    private String string() throws FormatException {
        int quote = next();
        if (quote != '\'' && quote != '"') {
            throw error(at, "a string");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw error(at, "a string without escapes");
        }
        String string = text.substring(at + 1, end);
        at = end + 1;
        return string;
    }

    private boolean truth() throws FormatException {
        next();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw error(at, "True or False");
    }

    private List<Long> tuple() throws FormatException {
        List<Long> numbers = new ArrayList<>();
        int open = at;
        take('(');
        boolean comma = true;
        while (next() != ')') {
            if (!comma || numbers.size() == NpyHeader.MAX_DIMENSIONS) {
                throw error(
                        at, "a comma or ')', and %s numbers".formatted(NpyHeader.MAX_DIMENSIONS));
            }
            numbers.add(number());
            comma = next() == ',';
            if (comma) {
                at++;
            }
        }
        take(')');
        if (numbers.size() == 1 && !comma) {
            throw error(open, "a comma after the one number of a tuple");
        }
        return numbers;
    }

    /** Reads a number; Python 2 wrote an L after some. */
    private long number() throws FormatException {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            long number = Long.parseLong(text, from, at, 10);
            if (at < text.length() && text.charAt(at) == 'L') {
                at++;
            }
            return number;
        } catch (NumberFormatException e) {
            throw error(from, "a whole number from 0 to 2^63 - 1");
        }
    }

    private int next() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : -1;
    }

    private void take(char c) throws FormatException {
        if (next() != c) {
            throw error(at, "'" + c + "'");
        }
        at++;
    }

    private FormatException error(int where, String expected) {
        String rest = text.substring(where, Math.min(text.length(), where + 20));
        String found = rest.isEmpty() ? "the end" : JsonWriter.quoted(rest);
        int offset = base + where;
        return new FormatException(
                source + ": offset " + offset + ": expected " + expected + ", found " + found);
    }
}
