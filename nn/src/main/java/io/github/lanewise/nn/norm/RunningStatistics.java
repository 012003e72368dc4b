package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Computes the running statistics of a model's batch normalizations anew, for weights that were not
 * trained but averaged, for example: they become the mean of what some batches have (PyTorch's
 * {@code update_bn}).
 */
public final class RunningStatistics {

    private RunningStatistics() {}

    /** Returns whether a model has batch normalizations that keep statistics. */
    public static boolean areIn(Layer model) {
        return !all(model).isEmpty();
    }

    /**
     * Computes them.
     *
     * @param batches how many, 1 or more
     * @param forward puts batch i through the model with a pass for training
     */
    public static void recompute(Layer model, int batches, IntConsumer forward) {
        List<BatchNorm> layers = all(model);
        layers.forEach(layer -> layer.states().values().forEach(state -> state.reset()));
        try {
            for (int i = 0; i < batches; i++) {
                float share = 1f / (i + 1);
                layers.forEach(layer -> layer.takeShare(share));
                forward.accept(i);
            }
        } finally {
            layers.forEach(BatchNorm::takeUsualShare);
        }
    }

    private static List<BatchNorm> all(Layer model) {
        List<BatchNorm> found = new ArrayList<>();
        add(model, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void add(Layer layer, List<BatchNorm> found, Set<Layer> seen) {
        if (!seen.add(layer)) {
            return;
        }
        if (layer instanceof BatchNorm norm && !norm.isFrozen()) {
            found.add(norm);
        }
        layer.children().values().forEach(child -> add(child, found, seen));
    }
}
