package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Passes;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Multiplies each feature by a trained number of its own: y = w x, with w from 1.
 *
 * <p>In front of the first linear layer, with a higher learning rate, it lets training soon weaken
 * features that tell nothing (Holzmueller et al., "Better by default", 2024). Backward: dw = the
 * sum of x dy over the batch, dx = w dy.
 */
public final class FeatureScale implements Layer {

    private final Param weight;

    /**
     * Makes a layer for so many features.
     *
     * @throws IllegalArgumentException if there are none
     */
    public FeatureScale(int features) {
        this.weight = new Param(1, features, Initializer.ones());
    }

    /** Returns the factors, 1 x features. */
    public Param weight() {
        return weight;
    }

    @Override
    public Shape inputShape() {
        return new Shape(weight.size());
    }

    @Override
    public Shape outputShape(Shape input) {
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
    public SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight);
        return parameters;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new ScalePass(this, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("features", weight.size());
        return all;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "FeatureScale(%d)", weight.size());
    }

    private static final class ScalePass implements Pass {

        private final FeatureScale layer;
        private final Kernels kernels;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix products;
        private final Matrix inputGradient;
        private Matrix inputs;

        ScalePass(FeatureScale layer, Shape shape, Workspace workspace) {
            this.layer = layer;
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.outputs = workspace.buffer(shape);
            this.products = training ? workspace.buffer(shape) : null;
            this.inputGradient = workspace.inputGradientBuffer(shape);
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.activate(Activation.IDENTITY, inputs, outputs);
            kernels.losses().weigh(layer.weight.value(), outputs);
            this.inputs = inputs;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, inputs);
            kernels.activate(Activation.IDENTITY, outputGradient, products);
            kernels.losses().weigh(inputs, products);
            Param w = layer.weight;
            kernels.columnSums(products, w.accumulator().nextBeta(), w.gradient());
            if (inputGradient != null) {
                kernels.activate(Activation.IDENTITY, outputGradient, inputGradient);
                kernels.losses().weigh(w.value(), inputGradient);
            }
            return inputGradient;
        }
    }
}
