package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The options of a layer in a file, as {@link Layer#options()} returned them, by name and kind.
 *
 * <p>All methods throw {@link FormatException}, which names the place in the file, if there is no
 * such option or it is of another kind. What nobody asks for is refused.
 */
public final class LayerOptions {

    private final Json json;
    private final ArchitectureReader reader;
    private final int depth;
    private final Set<String> asked = new HashSet<>();

    LayerOptions(Json json, ArchitectureReader reader, int depth) {
        this.json = json;
        this.reader = reader;
        this.depth = depth;
    }

    private Json get(String name) throws FormatException {
        asked.add(name);
        return json.get(name);
    }

    /** Returns whether there is such an option. */
    public boolean has(String name) throws FormatException {
        return json.find(name).isPresent();
    }

    /** Returns an int. */
    public int getInt(String name) throws FormatException {
        return get(name).asInt();
    }

    /** Returns a long. */
    public long getLong(String name) throws FormatException {
        return get(name).asLong();
    }

    /** Returns a float, with the bits that were written. */
    public float getFloat(String name) throws FormatException {
        return get(name).asFloat();
    }

    /** Returns a boolean. */
    public boolean getBoolean(String name) throws FormatException {
        return get(name).asBoolean();
    }

    /** Returns a string. */
    public String getString(String name) throws FormatException {
        return get(name).asString();
    }

    /** Returns a string that is one of these. */
    public String getString(String name, String... choices) throws FormatException {
        String found = getString(name);
        if (!List.of(choices).contains(found)) {
            throw get(name).expected("one of " + String.join(", ", choices));
        }
        return found;
    }

    /** Returns a list of ints. */
    public int[] getInts(String name) throws FormatException {
        return get(name).asInts();
    }

    /** Returns a list of so many ints. */
    int[] getInts(String name, int count) throws FormatException {
        int[] numbers = getInts(name);
        if (numbers.length != count) {
            throw get(name).expected(count + " numbers");
        }
        return numbers;
    }

    /** Returns a list of so many floats. */
    float[] getFloats(String name, int count) throws FormatException {
        float[] numbers = getFloats(name);
        if (numbers.length != count) {
            throw get(name).expected(count + " numbers");
        }
        return numbers;
    }

    /** Returns whether an option is a string, where it may be several things. */
    boolean isString(String name) throws FormatException {
        return get(name).toString().startsWith("\"");
    }

    /** Returns whether an option is a list, where it may be several things. */
    boolean isList(String name) throws FormatException {
        return get(name).toString().startsWith("[");
    }

    /** Returns lists of ints. */
    int[][] getIntLists(String name) throws FormatException {
        List<Json> lists = get(name).elements();
        int[][] numbers = new int[lists.size()][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = lists.get(i).asInts();
        }
        return numbers;
    }

    /** Returns an int of at most so much: what a small text could otherwise make the memory of. */
    int getInt(String name, int most) throws FormatException {
        int number = getInt(name);
        if (number > most) {
            throw get(name).expected("at most " + most);
        }
        return number;
    }

    /** Returns a list of floats. */
    public float[] getFloats(String name) throws FormatException {
        return get(name).asFloats();
    }

    /** Returns a list of strings. */
    public List<String> getStrings(String name) throws FormatException {
        return get(name).asStrings();
    }

    /** Returns a layer. */
    public Layer getLayer(String name) throws FormatException {
        return reader.read(get(name), depth + 1);
    }

    /** Returns a layer of a class. */
    public <L extends Layer> L getLayer(String name, Class<L> type) throws FormatException {
        Layer layer = getLayer(name);
        if (!type.isInstance(layer)) {
            throw get(name).get("type").expected("a " + type.getSimpleName());
        }
        return type.cast(layer);
    }

    /** Returns a list of layers. */
    public List<Layer> getLayers(String name) throws FormatException {
        List<Layer> layers = new ArrayList<>();
        for (Json layer : get(name).elements()) {
            layers.add(reader.read(layer, depth + 1));
        }
        return layers;
    }

    /** Returns a list of layers of a class. */
    public <L extends Layer> List<L> getLayers(String name, Class<L> type) throws FormatException {
        List<L> layers = new ArrayList<>();
        for (Layer layer : getLayers(name)) {
            if (!type.isInstance(layer)) {
                throw get(name).expected("layers that are each a " + type.getSimpleName());
            }
            layers.add(type.cast(layer));
        }
        return layers;
    }

    /** Makes an error about an option, for those who know more of what it must be. */
    public FormatException expected(String name, String expected) throws FormatException {
        return get(name).expected(expected);
    }

    /** Checks that all options were asked for. */
    void requireAllAsked() throws FormatException {
        for (String name : json.names()) {
            if (!asked.contains(name)) {
                throw json.get(name).expected("no option of this name");
            }
        }
    }
}
