package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.WeightProduct;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowSums;

/**
 * One product forward and two backward, with bias and neighbouring activations in their epilogues.
 */
final class LinearPass implements Pass {

    private final Linear layer;
    private final Kernels kernels;
    private final boolean training;
    private final Activation before;
    private final Matrix weight;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final WeightProduct weightGradient;
    private final RowSums rowSums;
    private final Epilogue forwardEpilogue;
    private Epilogue backwardEpilogue = Epilogue.NONE;
    private Matrix inputs;

    LinearPass(
            Linear layer,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace,
            Fusion fusion) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.before = fusion.before();
        this.weight = layer.weight().value();
        this.weightGradient = new WeightProduct(kernels);
        this.rowSums = new RowSums(workspace);
        this.outputs = outputs;
        this.inputGradient = inputGradient;
        Matrix bias = layer.bias() == null ? null : layer.bias().value();
        this.forwardEpilogue = Epilogue.activate(bias, fusion.after());
    }

    @Override
    public Matrix forward(Matrix inputs) {
        kernels.gemm(Transpose.NN, inputs, weight, 0, outputs, forwardEpilogue);
        if (training && inputs != this.inputs) {
            keep(inputs);
        }
        return outputs;
    }

    private void keep(Matrix inputs) {
        this.inputs = inputs;
        if (before.kind() != Activation.Kind.IDENTITY) {
            backwardEpilogue = Epilogue.gradient(before, inputs);
        }
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        layer.weight().accumulator().add(weightGradient.of(inputs, outputGradient));
        Param b = layer.bias();
        if (b != null && b.isTrainable()) {
            rowSums.columnSums(outputGradient, b.accumulator().nextBeta(), b.gradient());
        }
        if (inputGradient != null) {
            kernels.gemm(Transpose.NT, outputGradient, weight, 0, inputGradient, backwardEpilogue);
        }
        return inputGradient;
    }
}
