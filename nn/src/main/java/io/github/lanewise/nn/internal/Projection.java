package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Workspace;

/** The product of rows with some columns of a weight, plus some columns of a bias. */
public final class Projection {

    /**
     * Columns of a parameter.
     *
     * @param of null where there is no such parameter
     * @param from the first of them
     */
    public record Part(Param of, int from) {

        private Matrix value(int cols) {
            return of == null ? null : columns(of.value(), from, cols);
        }

        private Matrix gradient(int cols) {
            return of == null ? null : columns(of.gradient(), from, cols);
        }
    }

    private final Kernels kernels;
    private final Param weightParameter;
    private final Param biasParameter;
    private final RowSums rowSums;
    private final Matrix weight;
    private final Matrix weightGradient;
    private final Matrix biasGradient;
    private final Epilogue bias;
    private final Matrix outputs;
    private final Matrix outputGradients;

    /** Binds so many columns of weight and bias to so many rows of inputs. */
    public Projection(Part weight, Part bias, int cols, int rows, Workspace workspace) {
        kernels = workspace.kernels();
        weightParameter = weight.of;
        biasParameter = bias.of;
        rowSums = new RowSums(workspace);
        boolean training = workspace.training();
        this.weight = weight.value(cols);
        this.bias = bias.of == null ? Epilogue.NONE : Epilogue.bias(bias.value(cols));
        weightGradient = training ? weight.gradient(cols) : null;
        biasGradient = training ? bias.gradient(cols) : null;
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
     * Backpropagates to the parameters.
     *
     * @param inputs of the forward call
     * @param dOutputs gradients of the outputs
     * @param weightBeta 0 to overwrite the gradient of the weight's columns, 1 to add to it
     * @param biasBeta the same for the bias
     */
    public void backward(Matrix inputs, Matrix dOutputs, float weightBeta, float biasBeta) {
        if (weightParameter.isTrainable()) {
            kernels.gemm(Transpose.TN, inputs, dOutputs, weightBeta, weightGradient, Epilogue.NONE);
        }
        if (biasGradient != null && biasParameter.isTrainable()) {
            rowSums.columnSums(dOutputs, biasBeta, biasGradient);
        }
    }

    /**
     * Backpropagates to the inputs.
     *
     * @param dOutputs gradients of the outputs
     * @param beta 0 to overwrite the gradients of the inputs, 1 to add to them
     * @param dInputs receives the gradients of the inputs
     */
    public void backwardToInputs(Matrix dOutputs, float beta, Matrix dInputs) {
        kernels.gemm(Transpose.NT, dOutputs, weight, beta, dInputs, Epilogue.NONE);
    }
}
