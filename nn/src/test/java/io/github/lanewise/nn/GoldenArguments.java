package io.github.lanewise.nn;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The hyperparameters of a golden case, or an object among them: knows which of them nobody has
 * read. A value of another type than asked for is an error.
 */
public final class GoldenArguments {

    /** Says in words what the file holds; no test reads it. */
    private static final String NOTE = "note";

    private final String path;
    private final JsonNode node;
    private final TreeSet<String> unread = new TreeSet<>();
    private final Map<String, GoldenArguments> objects = new LinkedHashMap<>();

    GoldenArguments(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        node.fieldNames().forEachRemaining(unread::add);
        unread.remove(NOTE);
    }

    /** Returns the path of each hyperparameter that no test has read. */
    List<String> unread() {
        Stream<String> here = unread.stream().map(name -> path + name);
        return Stream.concat(here, objects.values().stream().flatMap(o -> o.unread().stream()))
                .toList();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    private JsonNode read(String name, String type, Predicate<JsonNode> isOfType) {
        JsonNode value = node.get(name);
        if (value == null || !isOfType.test(value)) {
            throw new IllegalArgumentException(
                    "%s%s is %s; it must be %s".formatted(path, name, value, type));
        }
        unread.remove(name);
        return value;
    }

    public GoldenArguments object(String name) {
        JsonNode value = read(name, "an object", JsonNode::isObject);
        return objects.computeIfAbsent(name, n -> new GoldenArguments(path + n + ".", value));
    }

    public double number(String name) {
        return read(name, "a number", JsonNode::isNumber).asDouble();
    }

    /** Hands a number on where the file has it: where not, the default must be PyTorch's. */
    public void number(String name, DoubleConsumer consumer) {
        if (has(name)) {
            consumer.accept(number(name));
        }
    }

    public int integer(String name) {
        return read(name, "an integer", JsonNode::isInt).asInt();
    }

    /** Returns an integer, or another where the file says null. */
    public int integerOrNull(String name, int ifNull) {
        JsonNode value = read(name, "an integer or null", n -> n.isInt() || n.isNull());
        return value.asInt(ifNull);
    }

    public boolean flag(String name) {
        return read(name, "true or false", JsonNode::isBoolean).asBoolean();
    }

    /** Returns a truth value; false where the file does not name it. */
    public boolean flagIfAny(String name) {
        return has(name) && flag(name);
    }

    public String text(String name) {
        return read(name, "text", JsonNode::isTextual).asText();
    }

    /** Returns a number or text, as text. */
    public String numberOrText(String name) {
        return read(name, "a number or text", n -> n.isNumber() || n.isTextual()).asText();
    }

    public int[] integers(String name) {
        return elements(name, JsonNode::isInt).mapToInt(JsonNode::asInt).toArray();
    }

    /** Returns two integers, down and across. */
    public int[] pair(String name) {
        int[] pair = integers(name);
        if (pair.length != 2) {
            throw new IllegalArgumentException(
                    "%s%s has %d elements; it must have 2".formatted(path, name, pair.length));
        }
        return pair;
    }

    public double[] numbers(String name) {
        return elements(name, JsonNode::isNumber).mapToDouble(JsonNode::asDouble).toArray();
    }

    private Stream<JsonNode> elements(String name, Predicate<JsonNode> isOfType) {
        JsonNode list = read(name, "a list", JsonNode::isArray);
        return StreamSupport.stream(list.spliterator(), false)
                .peek(
                        element -> {
                            if (!isOfType.test(element)) {
                                throw new IllegalArgumentException(
                                        "%s%s has element %s".formatted(path, name, element));
                            }
                        });
    }

    @Override
    public String toString() {
        return path + node;
    }
}
