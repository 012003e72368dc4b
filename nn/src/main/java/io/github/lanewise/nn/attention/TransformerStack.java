package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.internal.Options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Layers of a transformer one after another, and a normalization after them, if any. */
abstract class TransformerStack implements Layer {

    final Options options = new Options();
    private final List<Layer> layers;
    private Layer norm;

    TransformerStack(List<? extends Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: no layers; give one or more".formatted(getClass().getSimpleName()));
        }
        this.layers = List.copyOf(layers);
    }

    final void setNorm(Layer layer) {
        options.requireOpen(this, "norm");
        norm = Objects.requireNonNull(layer, "norm");
    }

    final List<Layer> layers() {
        return layers;
    }

    /** Returns what comes after the last layer; null for nothing. */
    final Layer norm() {
        return norm;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            children.put("layers." + i, layers.get(i));
        }
        TransformerLayer.put(children, "norm", norm);
        return children;
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("layers", layers);
        if (norm != null) {
            all.put("norm", norm);
        }
        return all;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(getClass().getSimpleName()).append("(\n");
        for (Layer layer : layers) {
            text.append("  ").append(layer).append('\n');
        }
        if (norm != null) {
            text.append("  norm: ").append(norm).append('\n');
        }
        return text.append(')').toString();
    }
}
