package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;

import java.util.Locale;
import java.util.SequencedMap;

/** A layer with a trained weight for each feature, from 1, which keeps the shape of a sample. */
abstract class PerFeatureLayer implements Layer {

    private final Param weight;

    /**
     * Makes a layer for so many features.
     *
     * @throws IllegalArgumentException if there are none
     */
    PerFeatureLayer(int features) {
        this.weight = new Param(1, features, Initializer.ones());
    }

    /** Returns the weights, 1 x features. */
    public final Param weight() {
        return weight;
    }

    @Override
    public final Shape inputShape() {
        return new Shape(weight.size());
    }

    @Override
    public final Shape outputShape(Shape input) {
        if (input.features() != weight.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: input has %d features, the layer takes %d",
                            this,
                            input.features(),
                            weight.size()));
        }
        return input;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("features", weight.size());
    }
}
