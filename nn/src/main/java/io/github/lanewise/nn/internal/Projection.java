package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Workspace;

/** The product of rows with some columns of a weight, plus the same columns of a bias. */
public final class Projection {

    private final Kernels kernels;
    private final Param weightParameter;
    private final Param biasParameter;
    private final Matrix weight;
    private final Matrix weightGradient;
    private final Matrix biasGradient;
    private final Epilogue bias;
    private final Matrix outputs;
    private final Matrix outputGradients;

    /** Binds columns {@code from} to {@code from + cols} to so many rows of inputs. */
    public Projection(Param weight, Param bias, int from, int cols, int rows, Workspace workspace) {
        kernels = workspace.kernels();
        weightParameter = weight;
        biasParameter = bias;
        boolean training = workspace.training();
        this.weight = columns(weight.value(), from, cols);
        this.bias = Epilogue.bias(columns(bias.value(), from, cols));
        weightGradient = training ? columns(weight.gradient(), from, cols) : null;
        biasGradient = training ? columns(bias.gradient(), from, cols) : null;
        outputs = Matrix.zeros(rows, cols);
        outputGradients = training ? Matrix.zeros(rows, cols) : null;
    }

    /** Returns the window onto some columns. */
    public static Matrix columns(Matrix x, int from, int cols) {
        return new Matrix(x.data(), x.offset() + from, x.rows(), cols, x.ld());
    }

    public Matrix outputs() {
        return outputs;
    }

    /** Returns a buffer for the gradients of the outputs. */
    public Matrix outputGradients() {
        return outputGradients;
    }

    public void forward(Matrix inputs) {
        kernels.gemm(Transpose.NN, inputs, weight, 0, outputs, bias);
    }

    /**
     * Backpropagates.
     *
     * @param inputs of the forward call
     * @param dOutputs gradients of the outputs
     * @param weightBeta 0 to overwrite the gradient of the weight's columns, 1 to add to it
     * @param biasBeta the same for the bias
     * @param dInputs receives the gradients of the inputs; null if not wanted
     */
    public void backward(
            Matrix inputs, Matrix dOutputs, float weightBeta, float biasBeta, Matrix dInputs) {
        if (weightParameter.isTrainable()) {
            kernels.gemm(Transpose.TN, inputs, dOutputs, weightBeta, weightGradient, Epilogue.NONE);
        }
        if (biasParameter.isTrainable()) {
            kernels.columnSums(dOutputs, biasBeta, biasGradient);
        }
        if (dInputs != null) {
            kernels.gemm(Transpose.NT, dOutputs, weight, 0, dInputs, Epilogue.NONE);
        }
    }
}
