package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.FormatException;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The closed list of the layers that a model file may name, each with what makes it from its {@link
 * Layer#options()}. A name from a file is looked up here and nowhere else: no class is loaded and
 * nothing is called by reflection.
 *
 * <p>A program adds the layers of its own; the name goes into the file, so it must stay:
 *
 * <pre>{@code
 * LayerTypes types =
 *         LayerTypes.standard()
 *                 .with("Swish", Swish.class, options -> new Swish(options.getFloat("beta")));
 * new ModelFile(model).layerTypes(types).save(path);
 * Layer model = ModelFile.load(path, types);
 * }</pre>
 *
 * <p>A list cannot be changed.
 */
public final class LayerTypes {

    /**
     * Makes a layer from its options.
     *
     * @param <L> the layer's class
     */
    @FunctionalInterface
    public interface Maker<L extends Layer> {

        /**
         * Makes a layer. It must ask for every option that the layer writes.
         *
         * @throws FormatException if an option is missing or of another kind: the options say so
         * @throws IllegalArgumentException if a number is out of range: the layer says so
         */
        L make(LayerOptions options) throws FormatException;
    }

    /** A layer of the list. */
    record Type(String name, Class<? extends Layer> layer, Maker<?> maker) {}

    private static final LayerTypes STANDARD = StandardLayers.add(new LayerTypes(Map.of()));

    private final Map<String, Type> byName;
    private final Map<Class<?>, Type> byClass = new HashMap<>();

    private LayerTypes(Map<String, Type> byName) {
        this.byName = byName;
        byName.values().forEach(type -> byClass.put(type.layer(), type));
    }

    /** Returns the list of all layers of this library. */
    public static LayerTypes standard() {
        return STANDARD;
    }

    /**
     * Returns this list with a layer more.
     *
     * @param name what files call it
     * @param layer its class; layers of subclasses are others
     * @param maker makes it from its options
     * @throws IllegalArgumentException if the name or the class is taken
     */
    public <L extends Layer> LayerTypes with(
            String name, Class<L> layer, Maker<? extends L> maker) {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(maker, "maker");
        if (byName.containsKey(Objects.requireNonNull(name, "name"))
                || byClass.containsKey(layer)) {
            throw new IllegalArgumentException(
                    "LayerTypes: %s for %s: the name or the class is in the list already"
                            .formatted(name, layer.getName()));
        }
        Map<String, Type> more = new LinkedHashMap<>(byName);
        more.put(name, new Type(name, layer, maker));
        return new LayerTypes(more);
    }

    /** Returns the names in the list, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** Returns whether layers of exactly this class can be written and read. */
    public boolean contains(Class<? extends Layer> layer) {
        return byClass.containsKey(layer);
    }

    Optional<Type> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Type> find(Layer layer) {
        return Optional.ofNullable(byClass.get(layer.getClass()));
    }
}
