package io.github.lanewise.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A layer that draws random numbers while it trains, from a stream that follows from the model's
 * seed and the layer's path in it, as a {@link Param} draws its first values.
 */
public interface Stochastic extends Layer {

    /** Says where the layer stands in the outermost model so far. */
    void place(String path);

    /** Returns the seed of the model from which its stream follows. */
    long seed();

    /** Returns how often it has drawn from its stream. */
    long draws();

    /**
     * Sets how often it has drawn from its stream, so that it goes on from there: the same number
     * gives the same random numbers again.
     */
    void draws(long draws);

    /** Starts the layer's stream anew from a model's seed and the layer's path in it. */
    void restart(long seed, String path);

    /** Tells all layers of a model where they stand; a shared one counts where it comes first. */
    static void placeAll(Layer model) {
        forEach(model, "", newSet(), (path, layer) -> layer.place(path));
    }

    /** Starts the streams of all layers of a model. */
    static void restartAll(Layer model, long seed) {
        forEach(model, "", newSet(), (path, layer) -> layer.restart(seed, path));
    }

    /** Returns all such layers of a model by path; a shared one counts where it comes first. */
    static SequencedMap<String, Stochastic> all(Layer model) {
        SequencedMap<String, Stochastic> all = new LinkedHashMap<>();
        forEach(model, "", newSet(), all::put);
        return all;
    }

    private static Set<Layer> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static void forEach(
            Layer layer, String path, Set<Layer> seen, BiConsumer<String, Stochastic> action) {
        if (!seen.add(layer)) {
            return;
        }
        if (layer instanceof Stochastic stochastic) {
            action.accept(path, stochastic);
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        layer.children().forEach((name, child) -> forEach(child, prefix + name, seen, action));
    }
}
