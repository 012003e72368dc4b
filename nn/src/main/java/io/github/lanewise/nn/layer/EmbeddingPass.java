package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowIndices;
import io.github.lanewise.nn.internal.RowView;

/** Gathers rows forward and adds rows backward. */
final class EmbeddingPass implements Pass {

    private final Embedding layer;
    private final Kernels kernels;
    private final boolean training;
    private final Matrix weight;
    private final int[] indices;
    private final Matrix outputs;
    private final Matrix vectors;
    private final RowView gradients;
    private final Matrix inputGradient;
    private Matrix saved;

    EmbeddingPass(Embedding layer, Shape input, Workspace workspace) {
        this.layer = layer;
        kernels = workspace.kernels();
        training = workspace.training();
        weight = layer.weight().value();
        indices = new int[workspace.batch() * input.features()];
        outputs = workspace.buffer(layer.outputShape(input));
        vectors = RowView.of(outputs, weight.cols());
        gradients = new RowView(kernels, weight.cols());
        inputGradient = workspace.inputGradientBuffer(input);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        RowIndices.read(layer, inputs, weight.rows(), indices);
        kernels.gatherRows(weight, indices, vectors);
        saved = outputs;
        return outputs;
    }

    /** Returns zeros as the input gradient where it is wanted: an index has no slope. */
    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, saved);
        if (!layer.weight().isTrainable()) {
            return inputGradient;
        }
        Matrix gradient = layer.weight().gradient();
        layer.weight().accumulator().nextRows(indices, indices.length, layer.paddingIdx());
        kernels.sequences()
                .addRows(gradients.of(outputGradient), indices, layer.paddingIdx(), gradient);
        return inputGradient;
    }
}
