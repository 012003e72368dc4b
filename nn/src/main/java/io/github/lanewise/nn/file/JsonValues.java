package io.github.lanewise.nn.file;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a program has into the values that {@link JsonWriter} writes. */
final class JsonValues {

    private JsonValues() {}

    /** Copies a value. */
    static Object of(Object value) {
        return of(value, 0);
    }

    private static Object of(Object value, int depth) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Json json -> depth == 0 ? json.value() : of(json.value(), depth);
            case JsonNumber number -> number;
            case String string -> checked(string);
            case Integer number -> new JsonNumber(number.toString());
            case Long number -> new JsonNumber(number.toString());
            case Float number -> number(number, number.toString());
            case Double number -> number(number, number.toString());
            case Map<?, ?> map -> members(map, deeper(depth));
            case Iterable<?> elements -> elements(elements, deeper(depth));
            default -> array(value, deeper(depth));
        };
    }

    private static int deeper(int depth) {
        if (depth == JsonReader.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "Json.of: more than %s objects and arrays in each other"
                            .formatted(JsonReader.MAX_DEPTH));
        }
        return depth + 1;
    }

    /** JSON has no numbers that are not finite: they are strings. */
    private static Object number(double value, String text) {
        return Double.isFinite(value) ? new JsonNumber(text) : text;
    }

    private static Map<String, Object> members(Map<?, ?> map, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach(
                (name, value) -> {
                    if (!(name instanceof String)) {
                        throw new IllegalArgumentException(
                                "Json.of: a name is %s; names are strings".formatted(name));
                    }
                    members.put(checked((String) name), of(value, depth));
                });
        return Collections.unmodifiableMap(members);
    }

    private static List<Object> elements(Iterable<?> elements, int depth) {
        List<Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(of(element, depth)));
        return Collections.unmodifiableList(list);
    }

    private static List<Object> array(Object array, int depth) {
        if (!array.getClass().isArray()) {
            throw new IllegalArgumentException(
                    "Json.of: JSON has nothing for %s; expected maps, lists, arrays, strings, numbers, booleans and null"
                            .formatted(array.getClass().getName()));
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            list.add(of(Array.get(array, i), depth));
        }
        return Collections.unmodifiableList(list);
    }

    /** Refuses a string that UTF-8 cannot hold. */
    static String checked(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        i + 1 < string.length()
                                && Character.isSurrogatePair(c, string.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException(
                            "Json.of: half of a surrogate pair at index %s of a string: %04X"
                                    .formatted(i, (int) c));
                }
                i++;
            }
        }
        return string;
    }
}
