package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * When each parameter's gradient is complete. Backward goes from the last node to the first, so it
 * is after the first of the nodes that have the parameter.
 */
final class GradientOrder {

    private static final Param[] NONE = {};

    private final Param[][] completeAfter;
    private Consumer<Param> listener;

    /**
     * @param layers of the nodes, in the order of forward
     */
    GradientOrder(List<Layer> layers) {
        completeAfter = new Param[layers.size()][];
        Set<Param> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < completeAfter.length; i++) {
            completeAfter[i] =
                    layers.get(i).parameters().values().stream()
                            .filter(seen::add)
                            .toList()
                            .toArray(NONE);
        }
    }

    void listener(Consumer<Param> next) {
        listener = next;
    }

    /** Tells whose gradients are complete now that a node's backward call has returned. */
    void passed(int node) {
        if (listener != null) {
            for (Param parameter : completeAfter[node]) {
                listener.accept(parameter);
            }
        }
    }
}
