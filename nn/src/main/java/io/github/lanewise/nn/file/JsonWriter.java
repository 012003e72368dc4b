package io.github.lanewise.nn.file;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes the values that {@link JsonReader} makes. */
final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final boolean indented;
    private int depth;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** Writes a value without any white space. */
    static String compact(Object value) {
        JsonWriter writer = new JsonWriter(false);
        writer.value(value);
        return writer.text.toString();
    }

    /** Writes a value for people: a line for each element, numbers in a row. */
    static String indented(Object value) {
        JsonWriter writer = new JsonWriter(true);
        writer.value(value);
        return writer.text.append('\n').toString();
    }

    /** Writes a string, with its quotes. */
    static String quoted(String string) {
        JsonWriter writer = new JsonWriter(false);
        writer.string(string);
        return shortened(writer.text.toString());
    }

    /** Cuts what is too long for a message. */
    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> members -> object(members);
            case List<?> elements -> array(elements);
            case String string -> string(string);
            case JsonNumber number -> text.append(number.text());
            case null, default -> text.append(value);
        }
    }

    private void object(Map<?, ?> members) {
        text.append('{');
        depth++;
        for (Iterator<? extends Map.Entry<?, ?>> i = members.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> member = i.next();
            newLine();
            string((String) member.getKey());
            text.append(indented ? ": " : ":");
            value(member.getValue());
            text.append(i.hasNext() ? "," : "");
        }
        depth--;
        if (!members.isEmpty()) {
            newLine();
        }
        text.append('}');
    }

    private void array(List<?> elements) {
        boolean inARow =
                elements.stream()
                        .noneMatch(
                                e ->
                                        e instanceof Map
                                                || e instanceof List<?> list && !list.isEmpty());
        text.append('[');
        depth++;
        for (Iterator<?> i = elements.iterator(); i.hasNext(); ) {
            if (!inARow) {
                newLine();
            }
            value(i.next());
            text.append(!i.hasNext() ? "" : inARow && indented ? ", " : ",");
        }
        depth--;
        if (!inARow) {
            newLine();
        }
        text.append(']');
    }

    private void newLine() {
        if (indented) {
            text.append('\n').repeat("  ", depth);
        }
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            int plain = "\"\\\b\f\n\r\t".indexOf(c);
            if (plain >= 0) {
                text.append('\\').append("\"\\bfnrt".charAt(plain));
            } else if (c < 0x20 || c == 0x7F) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
