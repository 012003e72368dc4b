package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Locale;

/**
 * Multiplies each feature by a trained number of its own: y = w x, with w from 1.
 *
 * <p>In front of the first linear layer, with a higher learning rate, it lets training soon weaken
 * features that tell nothing (Holzmueller et al., "Better by default", 2024). Backward: dw = the
 * sum of x dy over the batch, dx = w dy.
 */
public final class FeatureScale extends PerFeatureLayer {

    /**
     * Makes a layer for so many features.
     *
     * @throws IllegalArgumentException if there are none
     */
    public FeatureScale(int features) {
        super(features);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new ScalePass(this, outputShape(input), workspace);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "FeatureScale(%d)", weight().size());
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
            kernels.losses().weigh(layer.weight().value(), outputs);
            this.inputs = inputs;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, inputs);
            kernels.activate(Activation.IDENTITY, outputGradient, products);
            kernels.losses().weigh(inputs, products);
            Param w = layer.weight();
            kernels.columnSums(products, w.accumulator().nextBeta(), w.gradient());
            if (inputGradient != null) {
                kernels.activate(Activation.IDENTITY, outputGradient, inputGradient);
                kernels.losses().weigh(w.value(), inputGradient);
            }
            return inputGradient;
        }
    }
}
