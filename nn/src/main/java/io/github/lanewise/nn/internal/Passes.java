package io.github.lanewise.nn.internal;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

/** What layers and passes have in common. */
public final class Passes {

    private Passes() {}

    /**
     * Checks that a backward call may come.
     *
     * @param layer the layer or loss, for the message
     * @param kept what the forward call kept, or null
     */
    public static void requireForward(Object layer, boolean training, Object kept) {
        if (!training) {
            throw new IllegalStateException(
                    ("backward: %s: the pass is for inference;"
                                    + " bind it with Workspace.training(batch)")
                            .formatted(layer));
        }
        if (kept == null) {
            throw new IllegalStateException(
                    "backward: %s: no forward call came before; call forward first"
                            .formatted(layer));
        }
    }

    /** Returns whether training moves a parameter of this layer, or of one that it holds. */
    public static boolean isTrainable(Layer layer) {
        return layer.parameters().values().stream().anyMatch(Param::isTrainable);
    }

    /** Returns what a layer is called in a message: its text, or its class if it holds others. */
    public static String brief(Layer layer) {
        return layer.children().isEmpty() ? layer.toString() : layer.getClass().getSimpleName();
    }
}
