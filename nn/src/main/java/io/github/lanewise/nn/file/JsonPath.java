package io.github.lanewise.nn.file;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How messages name a JSON value: by the way to it, and by what it is. */
final class JsonPath {

    private JsonPath() {}

    /**
     * Returns the way to an element or a member.
     *
     * @param above the way to what it is in; empty for the document
     * @param step an index or a name
     */
    static String below(String above, Object step) {
        if (!(step instanceof String name)) {
            return above + "[" + step + "]";
        }
        if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
            return above + "[" + JsonWriter.quoted(name) + "]";
        }
        return above.isEmpty() ? name : above + "." + name;
    }

    /** Returns what a value is, in a few words. */
    static String kind(Object value) {
        return switch (value) {
            case Map<?, ?> members when members.isEmpty() -> "an object without members";
            case Map<?, ?> members ->
                    "an object with "
                            + JsonWriter.shortened(
                                    String.join(
                                            ", ",
                                            members.keySet().stream()
                                                    .limit(20)
                                                    .map(name -> JsonWriter.quoted((String) name))
                                                    .toList()));
            case List<?> elements -> String.format(Locale.ROOT, "an array of %,d", elements.size());
            case String string -> JsonWriter.quoted(string);
            case JsonNumber(String text) -> JsonWriter.shortened(text);
            case null, default -> String.valueOf(value);
        };
    }
}
