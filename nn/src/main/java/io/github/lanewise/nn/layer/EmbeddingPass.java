package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

import java.util.Arrays;

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
        read(inputs);
        kernels.gatherRows(weight, indices, vectors);
        saved = outputs;
        return outputs;
    }

    private void read(Matrix inputs) {
        int at = 0;
        for (int i = 0; i < inputs.rows(); i++) {
            int row = inputs.offset() + i * inputs.ld();
            for (int j = 0; j < inputs.cols(); j++) {
                float value = inputs.data()[row + j];
                int index = (int) value;
                // negated, so that NaN is refused
                if (!(index == value && index >= 0 && index < weight.rows())) {
                    throw notAnIndex(i, j, value);
                }
                indices[at++] = index;
            }
        }
    }

    private IllegalArgumentException notAnIndex(int sample, int position, float value) {
        return new IllegalArgumentException(
                "forward: %s: index at position %d of sample %d is %s; it must be a whole number from 0 to %d"
                        .formatted(layer, position, sample, value, weight.rows() - 1));
    }

    /** Returns zeros as the input gradient where it is wanted: an index has no slope. */
    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, saved);
        if (!layer.weight().isTrainable()) {
            return inputGradient;
        }
        Matrix gradient = layer.weight().gradient();
        if (layer.weight().accumulator().nextBeta() == 0) {
            Arrays.fill(
                    gradient.data(), gradient.offset(), gradient.offset() + gradient.size(), 0f);
        }
        kernels.sequences()
                .addRows(gradients.of(outputGradient), indices, layer.paddingIdx(), gradient);
        return inputGradient;
    }
}
