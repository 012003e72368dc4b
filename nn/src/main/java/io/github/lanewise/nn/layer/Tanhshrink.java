package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Objects;

/** What the hyperbolic tangent leaves: y = x - tanh x; backward: dx = dy tanh<sup>2</sup> x. */
public final class Tanhshrink implements Layer {

    /** Makes the layer. */
    public Tanhshrink() {}

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Kernels kernels = workspace.kernels();
        Matrix tangents = workspace.buffer(input);
        Matrix outputs = workspace.buffer(input);
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        return new Pass() {
            private boolean ready;

            @Override
            public Matrix forward(Matrix inputs) {
                kernels.activate(Activation.TANH, inputs, tangents);
                kernels.combine(Combination.SUBTRACT, inputs, tangents, outputs);
                ready = true;
                return outputs;
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                Passes.requireForward(
                        Tanhshrink.this, workspace.training(), ready ? Tanhshrink.this : null);
                if (inputGradient != null) {
                    kernels.combine(Combination.MULTIPLY, tangents, tangents, inputGradient);
                    kernels.combine(
                            Combination.MULTIPLY, outputGradient, inputGradient, inputGradient);
                }
                return inputGradient;
            }
        };
    }

    @Override
    public String toString() {
        return "Tanhshrink()";
    }
}
