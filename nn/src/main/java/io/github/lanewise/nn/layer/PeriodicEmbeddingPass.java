package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/** Two small products for each number, with all cosines taken at once between them. */
final class PeriodicEmbeddingPass implements Pass {

    private static final Activation COSINE = new Activation(Activation.Kind.COSINE, 0);

    private final PeriodicEmbedding layer;
    private final Kernels kernels;
    private final boolean training;
    private final Epilogue[] phases;
    private final Epilogue[] biases;
    private final Matrix[] frequencies;
    private final Matrix[] weights;
    private final Matrix turns;
    private final Matrix cosines;
    private final Matrix outputs;
    private final Matrix copies;
    private final Matrix turnsGradient;
    private final Matrix inputGradient;
    private final Matrix[] turnsOf;
    private final Matrix[] cosinesOf;
    private final Matrix[] outputsOf;
    private final Matrix[] turnsGradientOf;
    private final Matrix[] inputGradientOf;
    private Matrix[] frequencyGradients;
    private Matrix[] weightGradients;
    private Matrix inputs;
    private Matrix[] inputsOf;
    private Matrix outputGradient;
    private Matrix copiesGradient;
    private Matrix madeGradient;
    private Matrix[] madeGradientOf;

    PeriodicEmbeddingPass(PeriodicEmbedding layer, Workspace workspace) {
        this.layer = layer;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        int n = layer.numbers();
        int waves = layer.waves();
        int made = layer.features() - 1;
        this.frequencies = rows(layer.frequency().value(), 1);
        this.weights = rows(layer.weight().value(), waves);
        this.phases = new Epilogue[n];
        this.biases = new Epilogue[n];
        for (int k = 0; k < n; k++) {
            phases[k] = Epilogue.bias(columns(layer.phase().value(), k * waves, waves));
            biases[k] = Epilogue.bias(columns(layer.bias().value(), k * made, made));
        }
        this.turns = workspace.buffer(new Shape(n * waves));
        this.cosines = workspace.buffer(new Shape(n * waves));
        this.outputs = workspace.buffer(new Shape(n * layer.features()));
        this.copies = columns(outputs, 0, n);
        this.turnsGradient = training ? workspace.buffer(new Shape(n * waves)) : null;
        this.inputGradient = workspace.inputGradientBuffer(new Shape(n));
        this.turnsOf = split(turns, 0, waves);
        this.cosinesOf = split(cosines, 0, waves);
        this.outputsOf = split(outputs, n, made);
        this.turnsGradientOf = training ? split(turnsGradient, 0, waves) : null;
        this.inputGradientOf = inputGradient == null ? null : split(inputGradient, 0, 1);
    }

    private static Matrix columns(Matrix matrix, int from, int cols) {
        return new Matrix(matrix.data(), matrix.offset() + from, matrix.rows(), cols, matrix.ld());
    }

    private Matrix[] split(Matrix matrix, int from, int cols) {
        Matrix[] parts = new Matrix[layer.numbers()];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = columns(matrix, from + k * cols, cols);
        }
        return parts;
    }

    private Matrix[] rows(Matrix matrix, int rows) {
        Matrix[] parts = new Matrix[layer.numbers()];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = matrix.rowRange(k * rows, (k + 1) * rows);
        }
        return parts;
    }

    @Override
    public Matrix forward(Matrix inputs) {
        if (inputs != this.inputs) {
            this.inputs = inputs;
            inputsOf = split(inputs, 0, 1);
        }
        for (int k = 0; k < turnsOf.length; k++) {
            kernels.gemm(Transpose.NN, inputsOf[k], frequencies[k], 0, turnsOf[k], phases[k]);
        }
        kernels.activate(COSINE, turns, cosines);
        kernels.activate(Activation.IDENTITY, inputs, copies);
        for (int k = 0; k < turnsOf.length; k++) {
            kernels.gemm(Transpose.NN, cosinesOf[k], weights[k], 0, outputsOf[k], biases[k]);
        }
        return outputs;
    }

    @Override
    public Matrix backward(Matrix dy) {
        Passes.requireForward(layer, training, inputs);
        if (dy != outputGradient) {
            keep(dy);
        }
        float beta = layer.weight().accumulator().nextBeta();
        for (int k = 0; k < turnsOf.length; k++) {
            kernels.gemm(
                    Transpose.TN,
                    cosinesOf[k],
                    madeGradientOf[k],
                    beta,
                    weightGradients[k],
                    Epilogue.NONE);
            kernels.gemm(
                    Transpose.NT,
                    madeGradientOf[k],
                    weights[k],
                    0,
                    turnsGradientOf[k],
                    Epilogue.NONE);
        }
        Param bias = layer.bias();
        kernels.columnSums(madeGradient, bias.accumulator().nextBeta(), bias.gradient());
        kernels.activateGradient(COSINE, turns, turnsGradient, turnsGradient);
        Param phase = layer.phase();
        kernels.columnSums(turnsGradient, phase.accumulator().nextBeta(), phase.gradient());
        beta = layer.frequency().accumulator().nextBeta();
        for (int k = 0; k < turnsOf.length; k++) {
            kernels.gemm(
                    Transpose.TN,
                    inputsOf[k],
                    turnsGradientOf[k],
                    beta,
                    frequencyGradients[k],
                    Epilogue.NONE);
        }
        return inputGradient == null ? null : inputGradient();
    }

    private void keep(Matrix dy) {
        outputGradient = dy;
        int n = layer.numbers();
        int made = layer.features() - 1;
        copiesGradient = columns(dy, 0, n);
        madeGradient = columns(dy, n, n * made);
        madeGradientOf = split(dy, n, made);
        frequencyGradients = rows(layer.frequency().gradient(), 1);
        weightGradients = rows(layer.weight().gradient(), layer.waves());
    }

    private Matrix inputGradient() {
        kernels.activate(Activation.IDENTITY, copiesGradient, inputGradient);
        for (int k = 0; k < turnsOf.length; k++) {
            kernels.gemm(
                    Transpose.NT,
                    turnsGradientOf[k],
                    frequencies[k],
                    1,
                    inputGradientOf[k],
                    Epilogue.NONE);
        }
        return inputGradient;
    }
}
