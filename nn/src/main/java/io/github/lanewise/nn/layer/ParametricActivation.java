package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * An activation that each feature learns to mix with its input: y = x + w (f(x) - x), with w from
 * 1, which is f itself (Holzmueller et al., "Better by default", 2024).
 *
 * <p>Backward: dw = the sum of (f(x) - x) dy over the batch; dx = dy - w dy + w dy f'(x).
 */
public final class ParametricActivation extends PerFeatureLayer {

    private final Nonlinearity activation;

    /**
     * Makes a layer.
     *
     * @param activation f
     * @param features of a sample
     * @throws IllegalArgumentException if there are no features
     */
    public ParametricActivation(Nonlinearity activation, int features) {
        super(features);
        this.activation = Objects.requireNonNull(activation, "activation");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new MixPass(this, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.putFirst("activation", activation);
        return all;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "ParametricActivation(%s, %d)", activation, weight().size());
    }

    private static final class MixPass implements Pass {

        private final ParametricActivation layer;
        private final Activation function;
        private final Kernels kernels;
        private final boolean training;
        private final Matrix activated;
        private final Matrix difference;
        private final Matrix scratch;
        private final Matrix outputs;
        private final Matrix inputGradient;
        private Matrix inputs;

        MixPass(ParametricActivation layer, Shape shape, Workspace workspace) {
            this.layer = layer;
            this.function = layer.activation.function();
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.activated = workspace.buffer(shape);
            this.difference = workspace.buffer(shape);
            this.scratch = training ? workspace.buffer(shape) : difference;
            this.outputs = workspace.buffer(shape);
            this.inputGradient = workspace.inputGradientBuffer(shape);
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.activate(function, inputs, activated);
            kernels.combine(Combination.SUBTRACT, activated, inputs, difference);
            if (training) {
                kernels.activate(Activation.IDENTITY, difference, scratch);
            }
            kernels.losses().weigh(layer.weight().value(), scratch);
            kernels.combine(Combination.ADD, inputs, scratch, outputs);
            this.inputs = inputs;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, inputs);
            Param w = layer.weight();
            kernels.combine(Combination.MULTIPLY, difference, outputGradient, scratch);
            kernels.columnSums(scratch, w.accumulator().nextBeta(), w.gradient());
            if (inputGradient != null) {
                boolean input = function.saved() == Activation.Saved.INPUT;
                kernels.activate(Activation.IDENTITY, outputGradient, scratch);
                kernels.losses().weigh(w.value(), scratch);
                kernels.combine(Combination.SUBTRACT, outputGradient, scratch, inputGradient);
                kernels.activateGradient(function, input ? inputs : activated, scratch, scratch);
                kernels.axpy(1, scratch, inputGradient);
            }
            return inputGradient;
        }
    }
}
