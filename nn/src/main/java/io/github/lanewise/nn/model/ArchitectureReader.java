package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Makes layers from what an {@link ArchitectureWriter} wrote: see there for the form. */
final class ArchitectureReader {

    /** How deep layers may lie in each other. */
    static final int MAX_DEPTH = 100;

    /** How many layers a model may have, a shared one counted wherever it stands. */
    static final int MAX_LAYERS = 100_000;

    /** A layer that stands in several places, and how many layers it is with those inside it. */
    private record Shared(Layer layer, int count) {}

    private final LayerTypes types;
    private final Map<Integer, Shared> shared = new HashMap<>();
    private int count;

    ArchitectureReader(LayerTypes types) {
        this.types = types;
    }

    Layer read(Json json) throws FormatException {
        return read(json, 1);
    }

    Layer read(Json json, int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw json.expected(
                    String.format(Locale.ROOT, "at most %s layers in each other", MAX_DEPTH));
        }
        if (json.find("shared").isPresent()) {
            return again(json.only("shared").get("shared"));
        }
        json.only("type", "id", "options");
        int before = count;
        add(json, 1);
        Layer layer = make(json, depth);
        if (json.find("id").isPresent()) {
            Json id = json.get("id");
            if (shared.put(id.asInt(), new Shared(layer, count - before)) != null) {
                throw id.expected("an id of its own");
            }
        }
        return layer;
    }

    private Layer again(Json id) throws FormatException {
        Shared one = shared.get(id.asInt());
        if (one == null) {
            throw id.expected("the id of a layer before");
        }
        add(id, one.count);
        return one.layer;
    }

    /** Layers shared in layers shared could otherwise be more than any machine can visit. */
    private void add(Json place, int layers) throws FormatException {
        count += layers;
        if (count > MAX_LAYERS) {
            throw place.expected(
                    String.format(Locale.ROOT, "at most %,d layers in all", MAX_LAYERS));
        }
    }

    private Layer make(Json json, int depth) throws FormatException {
        String name = json.get("type").asString();
        LayerTypes.Type type = types.find(name).orElse(null);
        if (type == null) {
            throw json.get("type")
                    .expected(
                            "a layer that this program knows (its own ones it must name by"
                                    + " LayerTypes.with)");
        }
        LayerOptions options = new LayerOptions(json.get("options"), this, depth);
        Layer layer;
        try {
            layer = type.maker().make(options);
            if (layer.children().isEmpty()) {
                layer.parameters().values().forEach(Param::savedShape);
            }
        } catch (IllegalArgumentException | ArithmeticException | IllegalStateException e) {
            throw (FormatException)
                    json.expected(
                                    String.format(
                                            Locale.ROOT,
                                            "options that %s can have: %s",
                                            name,
                                            e.getMessage()))
                            .initCause(e);
        }
        if (layer.getClass() != type.layer()) {
            throw new IllegalStateException(
                    String.format(
                            Locale.ROOT,
                            "LayerTypes: what makes %s returned a %s; it must be a %s",
                            name,
                            layer.getClass().getName(),
                            type.layer().getName()));
        }
        options.requireAllAsked();
        return layer;
    }
}
