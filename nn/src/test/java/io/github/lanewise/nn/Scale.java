package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.init.Initializer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The example of a user's own layer, in one class: y = a x with a trained number a. Backward: da =
 * sum of x dy, dx = a dy. {@link OwnLayerTest} uses it everywhere.
 */
public final class Scale implements Layer {

    private final Param factor = new Param(1, 1, Initializer.constant(0.5f));

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return new LinkedHashMap<>(Map.of("factor", factor));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Kernels kernels = workspace.kernels();
        Matrix outputs = workspace.buffer(input);
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        return new Pass() {
            private Matrix inputs;

            @Override
            public Matrix forward(Matrix inputs) {
                this.inputs = inputs;
                return scaled(inputs, outputs);
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                float[] gradient = factor.gradient().data();
                float before = factor.accumulator().nextBeta() == 0 ? 0 : gradient[0];
                gradient[0] = (float) (before + kernels.dot(inputs, outputGradient));
                return inputGradient == null ? null : scaled(outputGradient, inputGradient);
            }

            private Matrix scaled(Matrix x, Matrix y) {
                kernels.activate(Activation.IDENTITY, x, y);
                kernels.scale(factor.value().at(0, 0), y);
                return y;
            }
        };
    }
}
