package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.nio.charset.StandardCharsets;

/**
 * A network's description as text, without its weights: what a {@link ModelFile} holds beside them,
 * for programs whose settings are texts.
 *
 * <pre>
 * {"type": "Sequential", "options": {"layers": [
 *     {"type": "Linear", "options": {"inFeatures": 784, "outFeatures": 10, "bias": true}}]}}
 * </pre>
 */
public final class Architecture {

    private Architecture() {}

    /**
     * Describes a network of this library's own layers.
     *
     * @throws IllegalArgumentException if a layer cannot be written; says which, by its path
     */
    public static String toJson(Layer model) {
        return toJson(model, LayerTypes.standard());
    }

    /**
     * Describes a network.
     *
     * @param types the layers that it may have
     * @throws IllegalArgumentException if a layer cannot be written; says which, by its path
     */
    public static String toJson(Layer model, LayerTypes types) {
        return ArchitectureWriter.write(model, types).toString();
    }

    /**
     * Makes a network of this library's own layers, with first values of its own.
     *
     * @throws FormatException if it is no description: says where, what was expected and found
     */
    public static Layer fromJson(String json) throws FormatException {
        return fromJson(json, LayerTypes.standard());
    }

    /**
     * Makes a network, with first values of its own.
     *
     * @param types the layers that it may name
     * @throws FormatException if it is no description: says where, what was expected and found
     */
    public static Layer fromJson(String json, LayerTypes types) throws FormatException {
        Json tree = Json.parse(json.getBytes(StandardCharsets.UTF_8), "model");
        return new ArchitectureReader(types).read(tree);
    }
}
