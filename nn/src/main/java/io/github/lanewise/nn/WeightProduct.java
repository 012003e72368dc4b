package io.github.lanewise.nn;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;

/** What a layer adds to the gradient of its weight: inputs<sup>T</sup> outputGradient. */
public final class WeightProduct {

    private final Kernels kernels;
    private Matrix inputs;
    private Matrix outputGradient;

    /** Makes one that computes with these kernels. */
    public WeightProduct(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Sets the operands, which must stay as they are until the product is computed. */
    public WeightProduct of(Matrix inputs, Matrix outputGradient) {
        this.inputs = inputs;
        this.outputGradient = outputGradient;
        return this;
    }

    /** Writes the product into a gradient, or adds it if beta is 1. */
    public void compute(float beta, Matrix gradient) {
        kernels.gemm(Transpose.TN, inputs, outputGradient, beta, gradient, Epilogue.NONE);
    }

    /** Writes the product into a gradient and applies an optimizer step with it. */
    public void computeAndUpdate(Update rule, Matrix value, Matrix gradient, Matrix[] states) {
        kernels.gemmThenUpdate(Transpose.TN, inputs, outputGradient, rule, value, gradient, states);
    }
}
