package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A JSON value that knows where it came from, so that errors name the place:
 *
 * <pre>{@code
 * Json layer = Json.read(file).get("model").get("layers").get(3);
 * int inputs = layer.get("inFeatures").asInt();
 * // json: model.json: model.layers[3].inFeatures: expected an int, found "many"
 *
 * Json.object().with("type", "Linear").with("inFeatures", 784).write(file);
 * }</pre>
 *
 * <p>It cannot be changed. The reader is strict (RFC 8259): UTF-8 without faults, each name once in
 * an object, nothing after the value, and before it nothing but the byte order mark of UTF-8, which
 * some editors and shells write; and bounded: a text of at most 100 MB, 512 objects and arrays in
 * each other, a million values, 1,024 characters a number. A number stays as it is written until it
 * is asked for; a float or double that was written comes back with the same bits. NaN and the
 * infinities, which JSON does not have, are written as the strings {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}, and read back from them.
 */
public final class Json {

    private static final int MAX_BYTES = 100_000_000;

    /** The strings that stand for numbers. */
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private final Object value;
    private final String source;
    private final Json parent;
    private final Object step;

    private Json(Object value, String source, Json parent, Object step) {
        this.value = value;
        this.source = source;
        this.parent = parent;
        this.step = step;
    }

    /**
     * Reads a value from a file.
     *
     * @throws FormatException if it is not strict JSON: with the offset, what was expected and what
     *     was found
     */
    public static Json read(Path file) throws IOException {
        return readValue("json: " + file, InputFile.readAll("json", file, MAX_BYTES));
    }

    /**
     * Reads a value from bytes in UTF-8.
     *
     * @param source what messages call the text, such as a file's name
     * @throws FormatException if it is not strict JSON
     */
    public static Json parse(byte[] text, String source) throws FormatException {
        if (text.length > MAX_BYTES) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "json: %s: %,d bytes; expected at most %,d",
                            source,
                            text.length,
                            MAX_BYTES));
        }
        return readValue("json: " + source, text);
    }

    private static Json readValue(String source, byte[] text) throws FormatException {
        JsonReader reader = new JsonReader(source, text, 0);
        reader.skipMark();
        Object value = reader.value();
        reader.end();
        return new Json(value, source, null, null);
    }

    /**
     * Copies what a program has: maps with strings as names (whose order is kept), lists, arrays,
     * strings, booleans, the numbers of Java up to 64 bits, other JSON values, null.
     *
     * @throws IllegalArgumentException for anything else, for half of a surrogate pair, and for
     *     objects and arrays deeper than the reader takes
     */
    public static Json of(Object value) {
        return new Json(JsonValues.of(value), "json", null, null);
    }

    /** Returns an object without members: see {@link #with}. */
    public static Json object() {
        return of(Map.of());
    }

    /**
     * Returns this object with a member more, at its end, or with another value for a member that
     * it has. Each call copies the object: for many members, see {@link #of}.
     *
     * @throws IllegalStateException if this is no object
     */
    public Json with(String name, Object member) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalStateException(
                    String.format(
                            Locale.ROOT,
                            "Json.with: this is %s; only an object has members",
                            JsonPath.kind(value)));
        }
        Map<Object, Object> members = new LinkedHashMap<>(map);
        members.put(Objects.requireNonNull(name, "name"), Json.of(member));
        return of(members);
    }

    /** Returns a member of this object, which it must have. */
    public Json get(String name) throws FormatException {
        Map<?, ?> members = members();
        if (!members.containsKey(name)) {
            throw error("a member " + JsonWriter.quoted(name), JsonPath.kind(members));
        }
        return new Json(members.get(name), source, this, name);
    }

    /** Returns a member of this object, if it has it. */
    public Optional<Json> find(String name) throws FormatException {
        return members().containsKey(name) ? Optional.of(get(name)) : Optional.empty();
    }

    /** Returns the names of this object's members, in the order of the text. */
    public Set<String> names() throws FormatException {
        return members().keySet();
    }

    /** Checks that this object has no members but these; returns it. */
    public Json only(String... names) throws FormatException {
        List<String> known = List.of(names);
        for (String name : names()) {
            if (!known.contains(name)) {
                throw error(
                        "no members but " + JsonWriter.shortened(String.join(", ", known)),
                        JsonWriter.quoted(name));
            }
        }
        return this;
    }

    /** Returns how many elements this array has, or members this object. */
    public int size() throws FormatException {
        return value instanceof Map<?, ?> members ? members.size() : list().size();
    }

    /** Returns an element of this array, which it must have. */
    public Json get(int index) throws FormatException {
        List<?> list = list();
        if (index < 0 || index >= list.size()) {
            throw error("an element [" + index + "]", "an array of " + list.size());
        }
        return new Json(list.get(index), source, this, index);
    }

    /** Returns the elements of this array. */
    public List<Json> elements() throws FormatException {
        int size = list().size();
        List<Json> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(get(i));
        }
        return elements;
    }

    /** What a JSON value can be. */
    public enum Kind {
        /** Members by name. */
        OBJECT,
        /** Elements in order. */
        ARRAY,
        /** A string. */
        STRING,
        /** A number. */
        NUMBER,
        /** True or false. */
        BOOLEAN,
        /** Null. */
        NULL
    }

    /** Returns what this is, for those who take several kinds. */
    public Kind kind() {
        return switch (value) {
            case null -> Kind.NULL;
            case Map<?, ?> members -> Kind.OBJECT;
            case List<?> elements -> Kind.ARRAY;
            case String string -> Kind.STRING;
            case Boolean truth -> Kind.BOOLEAN;
            default -> Kind.NUMBER;
        };
    }

    /** Says whether this is null. */
    public boolean isNull() {
        return value == null;
    }

    /** Returns this string. */
    public String asString() throws FormatException {
        if (value instanceof String string) {
            return string;
        }
        throw expected("a string");
    }

    /** Returns this boolean. */
    public boolean asBoolean() throws FormatException {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw expected("true or false");
    }

    /** Returns this number, written without fraction and exponent, if an int can hold it. */
    public int asInt() throws FormatException {
        return (int) number("an int", false, Integer::parseInt);
    }

    /** Returns this number, written without fraction and exponent, if a long can hold it. */
    public long asLong() throws FormatException {
        return (long) number("a long", false, Long::parseLong);
    }

    /** Returns the float nearest to this number, which must be in a float's range. */
    public float asFloat() throws FormatException {
        float number = (float) number("a number", true, Float::parseFloat);
        if (Float.isInfinite(number) && value instanceof JsonNumber) {
            throw expected("a number in a float's range");
        }
        return number;
    }

    /** Returns the double nearest to this number, which must be in a double's range. */
    public double asDouble() throws FormatException {
        double number = (double) number("a number", true, Double::parseDouble);
        if (Double.isInfinite(number) && value instanceof JsonNumber) {
            throw expected("a number in a double's range");
        }
        return number;
    }

    /** Parses this number; where the target has them, the names of NaN and the infinities too. */
    private Object number(String expected, boolean named, Function<String, Object> parse)
            throws FormatException {
        if (value instanceof JsonNumber(String text)) {
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw expected(expected);
            }
        }
        if (named && value instanceof String name && NOT_FINITE.contains(name)) {
            return parse.apply(name);
        }
        throw expected(expected);
    }

    /** Returns this array of ints. */
    public int[] asInts() throws FormatException {
        int[] numbers = new int[list().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get(i).asInt();
        }
        return numbers;
    }

    /** Returns this array of longs. */
    public long[] asLongs() throws FormatException {
        long[] numbers = new long[list().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get(i).asLong();
        }
        return numbers;
    }

    /** Returns this array of floats. */
    public float[] asFloats() throws FormatException {
        float[] numbers = new float[list().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get(i).asFloat();
        }
        return numbers;
    }

    /** Returns this array of doubles. */
    public double[] asDoubles() throws FormatException {
        double[] numbers = new double[list().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get(i).asDouble();
        }
        return numbers;
    }

    /** Returns this array of strings. */
    public List<String> asStrings() throws FormatException {
        List<String> strings = new ArrayList<>();
        for (Json element : elements()) {
            strings.add(element.asString());
        }
        return List.copyOf(strings);
    }

    /**
     * Makes an error about this value, for those who know more of what it must be.
     *
     * @param expected such as {@code "a positive int"}
     */
    public FormatException expected(String expected) {
        return error(expected, JsonPath.kind(value));
    }

    private FormatException error(String expected, String found) {
        return new FormatException(
                String.format(
                        Locale.ROOT,
                        "%s: %s: expected %s, found %s",
                        source,
                        path(),
                        expected,
                        found));
    }

    private Map<String, ?> members() throws FormatException {
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // the reader and JsonValues make no other
            Map<String, ?> members = (Map<String, ?>) value;
            return members;
        }
        throw expected("an object");
    }

    private List<?> list() throws FormatException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw expected("an array");
    }

    /** Returns the way to this value, such as {@code model.layers[3].inFeatures}. */
    public String path() {
        return parent == null
                ? "the document"
                : JsonPath.below(parent.parent == null ? "" : parent.path(), step);
    }

    /** Writes the value into a file, for people to read: whole or not at all. */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, JsonWriter.indented(value).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the value in UTF-8, without white space. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the value as JSON text, without white space. */
    @Override
    public String toString() {
        return JsonWriter.compact(value);
    }

    /** Says whether the other is the same value, with numbers written alike, from wherever. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Objects.equals(value, json.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    Object value() {
        return value;
    }
}
