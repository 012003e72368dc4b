package io.github.lanewise.nn.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pulls values out of JSON text, strictly by RFC 8259 in UTF-8: no comments, no trailing commas, no
 * name twice in an object, no half of a surrogate pair; a byte order mark only where {@link
 * #skipMark} is called.
 *
 * <p>An object or an array is opened, asked for {@link #more} before each of its elements, and
 * closes itself:
 *
 * <pre>{@code
 * json.open('{');
 * while (json.more('}')) {
 *     String name = json.name();
 *     Object value = json.value();
 * }
 * json.end();
 * }</pre>
 *
 * <p>A value is a {@code Map<String, Object>} or {@code List<Object>} that cannot be changed, a
 * {@code String}, a {@link JsonNumber}, a {@code Boolean} or null. The limits keep the memory that
 * a hostile text costs to a small multiple of its length and a constant.
 */
final class JsonReader {

    /** How deep objects and arrays may lie in each other. */
    static final int MAX_DEPTH = 512;

    /** How many values {@link #value} makes: some hundred bytes each. */
    static final int MAX_VALUES = 1_000_000;

    private final JsonScanner text;
    private final boolean[] needsComma = new boolean[MAX_DEPTH + 1];
    private int depth;
    private int values;

    /**
     * Starts before a text.
     *
     * @param source how messages begin: the operation and the file
     * @param text the whole text
     * @param base offset of the text in its file, for messages
     */
    JsonReader(String source, byte[] text, long base) {
        this.text = new JsonScanner(source, text, base);
    }

    /** Skips the byte order mark of UTF-8 at the start, and refuses those of other encodings. */
    void skipMark() throws FormatException {
        text.skipMark();
    }

    /** Goes into an object or an array: {@code '{'} or {@code '['}. */
    void open(char bracket) throws FormatException {
        text.next();
        if (depth == MAX_DEPTH) {
            throw text.error(
                    "at most " + MAX_DEPTH + " objects and arrays in each other", "one more");
        }
        text.take(bracket, "'" + bracket + "'");
        needsComma[++depth] = false;
    }

    /** Says whether another element follows; if none does, leaves the object or array. */
    boolean more(char close) throws FormatException {
        if (text.next() == close) {
            text.take(close, "the close");
            depth--;
            return false;
        }
        if (needsComma[depth]) {
            text.take(',', "',' or '" + close + "'");
        }
        needsComma[depth] = true;
        return true;
    }

    /** Reads the name of an object's member, and the colon. */
    String name() throws FormatException {
        if (text.next() != '"') {
            throw text.error("a name in double quotes");
        }
        String name = text.string();
        text.next();
        text.take(':', "':'");
        return name;
    }

    /** Reads a string. */
    String string() throws FormatException {
        if (text.next() != '"') {
            throw text.error("a string");
        }
        return text.string();
    }

    /** Reads a whole number of 0 or more, without sign, fraction or exponent. */
    long natural() throws FormatException {
        int next = text.next();
        long offset = text.offset();
        String number = next >= '0' && next <= '9' ? text.number() : "";
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            String expected = "a whole number from 0 to 2^63 - 1";
            throw number.isEmpty()
                    ? text.error(expected)
                    : text.error(offset, expected, JsonWriter.shortened(number));
        }
    }

    /** Reads a value of any kind. */
    Object value() throws FormatException {
        int next = text.next();
        if (++values > MAX_VALUES) {
            throw text.error(String.format(Locale.ROOT, "at most %,d values", MAX_VALUES), "more");
        }
        return switch (next) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text.string();
            case 't' -> text.word("true", true);
            case 'f' -> text.word("false", false);
            case 'n' -> text.word("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                    new JsonNumber(text.number());
            default -> throw text.error("a value");
        };
    }

    /** Checks that nothing but white space is left. */
    void end() throws FormatException {
        if (text.next() >= 0) {
            throw text.error("the end");
        }
    }

    /** Returns the offset in the file of the next byte that is not white space. */
    long offset() {
        text.next();
        return text.offset();
    }

    /** Makes the error for what begins at an offset. */
    FormatException error(long offset, String expected, String found) {
        return text.error(offset, expected, found);
    }

    /** Makes the error for a name that its object has had before. */
    FormatException twice(long offset, String name) {
        return text.error(offset, "each name once", JsonWriter.quoted(name) + " again");
    }

    private Map<String, Object> object() throws FormatException {
        open('{');
        Map<String, Object> members = new LinkedHashMap<>();
        while (more('}')) {
            long offset = offset();
            String name = name();
            if (members.containsKey(name)) {
                throw twice(offset, name);
            }
            members.put(name, value());
        }
        return members.isEmpty() ? Map.of() : Collections.unmodifiableMap(members);
    }

    private List<Object> array() throws FormatException {
        open('[');
        List<Object> elements = new ArrayList<>();
        while (more(']')) {
            elements.add(value());
        }
        return elements.isEmpty() ? List.of() : Collections.unmodifiableList(elements);
    }
}
