package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.internal.RowView;

/** Gates halves, which are windows onto rows of both; all arithmetic is the engine's. */
final class GatedPass implements Pass {

    private final GatedUnit layer;
    private final Kernels kernels;
    private final boolean training;
    private final int half;
    private final RowView inputRows;
    private final RowView gradientRows;
    private final Matrix outputs;
    private final Matrix outputRows;
    private final Matrix gates;
    private final Matrix products;
    private final Matrix inputGradient;
    private final Matrix gateGradient;
    private final Matrix valueGradient;
    private Matrix rows;
    private Matrix gate;
    private Matrix value;

    GatedPass(
            GatedUnit layer, int half, Matrix outputs, Matrix inputGradient, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.half = half;
        this.inputRows = new RowView(kernels, 2 * half);
        this.gradientRows = new RowView(kernels, half);
        this.outputs = outputs;
        this.outputRows = RowView.of(outputs, half);
        this.gates = Matrix.zeros(outputRows.rows(), half);
        this.inputGradient = inputGradient;
        boolean wanted = inputGradient != null;
        this.products = wanted ? Matrix.zeros(outputRows.rows(), half) : null;
        Matrix both = wanted ? RowView.of(inputGradient, 2 * half) : null;
        this.gateGradient = wanted ? gateOf(both) : null;
        this.valueGradient = wanted ? valueOf(both) : null;
    }

    private Matrix gateOf(Matrix both) {
        return Projection.columns(both, layer.gateFirst() ? 0 : half, half);
    }

    private Matrix valueOf(Matrix both) {
        return Projection.columns(both, layer.gateFirst() ? half : 0, half);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        Matrix both = inputRows.of(inputs);
        if (both != rows) {
            rows = both;
            gate = gateOf(both);
            value = valueOf(both);
        }
        kernels.activate(layer.function(), gate, gates);
        kernels.combine(Combination.MULTIPLY, gates, value, outputRows);
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, gate);
        if (inputGradient != null) {
            Matrix dy = gradientRows.of(outputGradient);
            kernels.combine(Combination.MULTIPLY, dy, gates, valueGradient);
            kernels.combine(Combination.MULTIPLY, dy, value, products);
            boolean input = layer.function().saved() == Activation.Saved.INPUT;
            kernels.activateGradient(
                    layer.function(), input ? gate : gates, products, gateGradient);
        }
        return inputGradient;
    }
}
