package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

/**
 * Normalizes rows of n features, of which a sample has one or more, and scales them.
 *
 * <p>Weight and bias have w columns, n or a multiple of it: then row i takes their part i mod w /
 * n.
 */
final class NormPass implements Pass {

    private final Layer layer;
    private final RowNorm norm;
    private final Kernels kernels;
    private final boolean training;
    private final Scaling scaling;
    private final RowView inputRows;
    private final RowView gradientRows;
    private final Matrix outputs;
    private final Matrix outputRows;
    private final Matrix normalized;
    private final Matrix scales;
    private final Matrix inputGradient;
    private final Matrix inputGradientRows;
    private Matrix saved;

    NormPass(Layer layer, RowNorm norm, Shape input, int n, Scaling scaling, Workspace workspace) {
        this.layer = layer;
        this.norm = norm;
        this.scaling = scaling;
        kernels = workspace.kernels();
        training = workspace.training();
        inputRows = new RowView(kernels, n);
        gradientRows = new RowView(kernels, n);
        outputs = workspace.buffer(input);
        outputRows = RowView.of(outputs, n);
        normalized = training ? Matrix.zeros(outputRows.rows(), n) : outputRows;
        scales = Matrix.zeros(1, outputRows.rows());
        inputGradient = workspace.inputGradientBuffer(input);
        inputGradientRows = inputGradient == null ? null : RowView.of(inputGradient, n);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        scaling.spread();
        kernels.normalizations()
                .normalize(
                        norm,
                        inputRows.of(inputs),
                        scaling.weight(),
                        scaling.bias(),
                        normalized,
                        scales,
                        outputRows);
        saved = normalized;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, saved);
        Matrix dy = gradientRows.of(outputGradient);
        scaling.backward(normalized, dy);
        if (inputGradient != null) {
            kernels.normalizations()
                    .normalizeGradient(
                            norm, normalized, scales, scaling.weight(), dy, inputGradientRows);
        }
        return inputGradient;
    }
}
