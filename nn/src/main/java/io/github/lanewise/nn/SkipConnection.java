package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Adds what a layer makes of its inputs to the inputs: y = x + f(x). */
final class SkipConnection implements Layer {

    private final Layer layer;

    SkipConnection(Layer layer) {
        this.layer = layer;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        children.put("layer", layer);
        return children;
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape output = layer.outputShape(input);
        if (!output.equals(input)) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer makes %s of it; both must be equal to be added"
                            .formatted(this, input, output));
        }
        return output;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Pass pass = layer.bind(input, workspace);
        Matrix outputs = workspace.buffer(outputShape(input));
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        Kernels kernels = workspace.kernels();
        return new Pass() {
            @Override
            public Matrix forward(Matrix inputs) {
                return sum(inputs, pass.forward(inputs), outputs);
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                Matrix gradient = pass.backward(outputGradient);
                return gradient == null ? null : sum(outputGradient, gradient, inputGradient);
            }

            private Matrix sum(Matrix x, Matrix y, Matrix sum) {
                kernels.activate(Activation.IDENTITY, x, sum);
                kernels.axpy(1, y, sum);
                return sum;
            }
        };
    }

    @Override
    public String toString() {
        return "SkipConnection(%s)".formatted(layer);
    }
}
