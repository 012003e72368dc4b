package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.Json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes a network as JSON: each layer by its name in a {@link LayerTypes} and its options, the
 * layers among these in the same way.
 *
 * <pre>
 * {"type": "Linear", "options": {"inFeatures": 784, "outFeatures": 10, "bias": true}}
 * </pre>
 *
 * <p>A layer that stands in several places has an {@code id} where it comes first, and is {@code
 * {"shared": id}} after that.
 */
final class ArchitectureWriter {

    /**
     * Where a layer stands.
     *
     * @param outer null for the model itself
     * @param option of the outer one, among which it is
     */
    private record Place(Place outer, String option, Layer layer) {

        /** Returns the path: by the names of the outer layers' children where it is one of them. */
        String path() {
            if (outer == null) {
                return "";
            }
            String name =
                    outer.layer.children().entrySet().stream()
                            .filter(child -> child.getValue() == layer)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(option);
            return outer.outer == null ? name : outer.path() + "." + name;
        }
    }

    private final LayerTypes types;
    private final Map<Layer, Integer> places = new IdentityHashMap<>();
    private final Map<Layer, Integer> ids = new IdentityHashMap<>();

    private ArchitectureWriter(LayerTypes types) {
        this.types = types;
    }

    /**
     * Describes a network.
     *
     * @throws IllegalArgumentException if a layer cannot be written; says which, by its path
     */
    static Json write(Layer model, LayerTypes types) {
        ArchitectureWriter writer = new ArchitectureWriter(types);
        Place place = new Place(null, null, model);
        writer.count(place, 1);
        return Json.of(writer.describe(place));
    }

    private void count(Place place, int depth) {
        Layer layer = place.layer;
        if (depth > ArchitectureReader.MAX_DEPTH) {
            throw cannotWrite(
                    place.path(),
                    "it lies deeper than %s layers".formatted(ArchitectureReader.MAX_DEPTH));
        }
        if (places.merge(layer, 1, Integer::sum) > 1) {
            return;
        }
        if (types.find(layer).isEmpty()) {
            throw cannotWrite(
                    place.path(),
                    "%s is in no list; add it with LayerTypes.with, or build the model of others"
                            .formatted(layer.getClass().getName()));
        }
        layer.options()
                .forEach(
                        (name, option) ->
                                layersOf(option)
                                        .forEach(
                                                inner ->
                                                        count(
                                                                new Place(place, name, inner),
                                                                depth + 1)));
    }

    private static List<Layer> layersOf(Object option) {
        if (option instanceof Layer layer) {
            return List.of(layer);
        }
        List<Layer> layers = new ArrayList<>();
        if (option instanceof List<?> list) {
            list.forEach(element -> layers.addAll(layersOf(element)));
        }
        return layers;
    }

    private Object describe(Place place) {
        Layer layer = place.layer;
        if (ids.containsKey(layer)) {
            return Collections.singletonMap("shared", ids.get(layer));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", types.find(layer).orElseThrow().name());
        if (places.get(layer) > 1) {
            description.put("id", ids.size());
            ids.put(layer, ids.size());
        }
        Map<String, Object> options = new LinkedHashMap<>();
        layer.options().forEach((name, option) -> options.put(name, value(place, name, option)));
        description.put("options", options);
        return description;
    }

    private Object value(Place place, String name, Object option) {
        return switch (option) {
            case Layer inner -> describe(new Place(place, name, inner));
            case List<?> list -> list.stream().map(e -> value(place, name, e)).toList();
            case Number number -> number;
            case Boolean truth -> truth;
            case String string -> string;
            case null, default ->
                    throw cannotWrite(
                            place.path(),
                            "its option %s is %s; options are numbers, strings, booleans, layers and lists"
                                    .formatted(
                                            name,
                                            option == null
                                                    ? "null"
                                                    : "a " + option.getClass().getName()));
        };
    }

    static IllegalArgumentException cannotWrite(String path, String why) {
        return new IllegalArgumentException(
                "model: %s cannot be written: %s"
                        .formatted(path.isEmpty() ? "the model" : "layer " + path, why));
    }
}
