package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * A bilinear form of two inputs a and b for each output: y[k] = a<sup>T</sup> weight[k] b +
 * bias[k].
 *
 * <p>Inputs are vectors; the weight is out x (in1 in2), PyTorch's flattened. It is one product with
 * all a[i] b[j]. Weight and bias start from U(-1 / sqrt(in1), 1 / sqrt(in1)), as PyTorch's do.
 */
public final class Bilinear implements Merge {

    private final int in1;
    private final int in2;
    private final int out;
    private final Options options = new Options();
    private final Param weight;
    private final Param bias;
    private boolean hasBias = true;

    /**
     * Makes a layer, with a bias.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Bilinear(int in1, int in2, int out) {
        if (Math.min(out, Math.min(in1, in2)) < 1) {
            throw new IllegalArgumentException(
                    "Bilinear: %s and %s features -> %s; each must be 1 or more"
                            .formatted(in1, in2, out));
        }
        this.in1 = in1;
        this.in2 = in2;
        this.out = out;
        int both = Math.multiplyExact(in1, in2);
        weight =
                new Param(out, both, Initializer.kaimingUniform(in1))
                        .fans(Fans.ofRows(both, out))
                        .savedAs(new Shape(out, in1, in2));
        bias = new Param(1, out, Initializer.kaimingUniform(in1));
    }

    /** Takes the bias away. */
    public Bilinear withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    /** Returns the weight, out x (in1 in2). */
    public Param weight() {
        options.close();
        return weight;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public Param bias() {
        options.close();
        return hasBias ? bias : null;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (!inputs.equals(List.of(new Shape(in1), new Shape(in2)))) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s; it takes two, of %s and %s features"
                            .formatted(this, inputs, in1, in2));
        }
        return new Shape(out);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        return new BilinearPass(workspace);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of(
                "in1Features", in1, "in2Features", in2, "outFeatures", out, "bias", hasBias);
    }

    @Override
    public String toString() {
        return "Bilinear(%s and %s -> %s%s)".formatted(in1, in2, out, hasBias ? "" : ", no bias");
    }

    private final class BilinearPass implements MergePass {

        private final Kernels kernels;
        private final boolean training;
        private final Epilogue plusBias;
        private final Matrix products;
        private final Matrix dProducts;
        private final Matrix outputs;
        private final Matrix[] gradients;
        private Matrix first;
        private Matrix second;

        BilinearPass(Workspace workspace) {
            options.close();
            kernels = workspace.kernels();
            training = workspace.training();
            plusBias = hasBias ? Epilogue.bias(bias.value()) : Epilogue.NONE;
            products = workspace.buffer(new Shape(in1 * in2));
            outputs = workspace.buffer(new Shape(out));
            dProducts = workspace.inputGradientBuffer(new Shape(in1 * in2));
            gradients =
                    new Matrix[] {
                        workspace.inputGradientBuffer(new Shape(in1)),
                        workspace.inputGradientBuffer(new Shape(in2))
                    };
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            first = inputs[0];
            second = inputs[1];
            for (int i = 0; i < products.rows(); i++) {
                int a = first.offset() + i * first.ld();
                int b = second.offset() + i * second.ld();
                for (int j = 0; j < in1 * in2; j++) {
                    products.data()[i * products.ld() + j] =
                            first.data()[a + j / in2] * second.data()[b + j % in2];
                }
            }
            kernels.gemm(Transpose.NT, products, weight.value(), 0, outputs, plusBias);
            return outputs;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward(Bilinear.this, training, first);
            float beta = weight.accumulator().nextBeta();
            kernels.gemm(
                    Transpose.TN, outputGradient, products, beta, weight.gradient(), Epilogue.NONE);
            if (hasBias) {
                kernels.columnSums(outputGradient, bias.accumulator().nextBeta(), bias.gradient());
            }
            if (dProducts != null) {
                kernels.gemm(
                        Transpose.NN, outputGradient, weight.value(), 0, dProducts, Epilogue.NONE);
                for (int i = 0; i < dProducts.rows(); i++) {
                    split(i);
                }
            }
            return gradients;
        }

        /** Sums in ascending order of the other input's features, from 0. */
        private void split(int i) {
            int a = first.offset() + i * first.ld();
            int b = second.offset() + i * second.ld();
            float[] da = gradients[0].data();
            float[] db = gradients[1].data();
            Arrays.fill(da, i * in1, (i + 1) * in1, 0);
            Arrays.fill(db, i * in2, (i + 1) * in2, 0);
            for (int j = 0; j < in1 * in2; j++) {
                float d = dProducts.data()[i * dProducts.ld() + j];
                int atA = i * in1 + j / in2;
                int atB = i * in2 + j % in2;
                da[atA] = Math.fma(d, second.data()[b + j % in2], da[atA]);
                db[atB] = Math.fma(d, first.data()[a + j / in2], db[atB]);
            }
        }
    }
}
