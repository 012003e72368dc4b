package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;

import java.util.List;
import java.util.Objects;

/**
 * Layers one after another, each taking what the one before it makes.
 *
 * <p>When it binds, an activation next to a {@link io.github.lanewise.nn.Fusible} layer is computed
 * by that layer: forward in the epilogue of the product before it, backward in that of the product
 * after it. The bits are those of the separate layers.
 */
public final class Sequential extends GraphLayer {

    private final List<Layer> layers;

    /**
     * Makes a model of these layers. Parameters that nobody has looked at draw their first values
     * from seed 0 and their path in it.
     */
    public Sequential(Layer... layers) {
        this(copyOf(layers));
    }

    private Sequential(List<Layer> layers) {
        super(Graph.chain("Sequential", layers), layers.size());
        this.layers = layers;
    }

    /** Copies layers, none of them null. */
    static List<Layer> copyOf(Layer... layers) {
        for (Layer layer : Objects.requireNonNull(layers, "layers")) {
            Objects.requireNonNull(layer, "layer");
        }
        return List.of(layers);
    }

    /** Returns the layers in order. */
    public List<Layer> layers() {
        return layers;
    }
}
