package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Objects;

/**
 * A layer that applies one function to every value: outputs = f(inputs), dInputs = dOutputs f'.
 *
 * <p>Next to a {@link io.github.lanewise.nn.Fusible} layer it needs no pass of its own: see {@link
 * io.github.lanewise.nn.graph.Sequential}.
 */
public abstract class Nonlinearity implements Layer {

    private final Activation function;

    /** Makes a layer of this function. */
    protected Nonlinearity(Activation function) {
        this.function = Objects.requireNonNull(function, "function");
    }

    /** Returns the function. */
    public final Activation function() {
        return function;
    }

    @Override
    public final Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public final Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Matrix outputs = workspace.buffer(input);
        return new NonlinearityPass(this, workspace, outputs, workspace.inputGradientBuffer(input));
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "()";
    }

    private static final class NonlinearityPass implements Pass {

        private final Nonlinearity layer;
        private final Kernels kernels;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix inputGradient;
        private Matrix saved;

        NonlinearityPass(
                Nonlinearity layer, Workspace workspace, Matrix outputs, Matrix inputGradient) {
            this.layer = layer;
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.outputs = outputs;
            this.inputGradient = inputGradient;
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.activate(layer.function, inputs, outputs);
            boolean input = layer.function.saved() == Activation.Saved.INPUT;
            saved = input ? inputs : outputs;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, saved);
            if (inputGradient != null) {
                kernels.activateGradient(layer.function, saved, outputGradient, inputGradient);
            }
            return inputGradient;
        }
    }
}
