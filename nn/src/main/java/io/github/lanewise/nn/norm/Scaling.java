package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.RowSums;
import io.github.lanewise.nn.internal.RowView;

import java.util.Arrays;

/**
 * The weight and bias by which normalized rows are scaled, and their gradients.
 *
 * <p>Where each of their numbers stands for a channel of several features, both are spread out to a
 * number for each feature, as a product with ones: exact, and no kernel need know of channels. The
 * gradients go the way back, again by a product with ones.
 */
final class Scaling {

    private final Kernels kernels;
    private final boolean training;
    private final RowSums rowSums;
    private final Spread weight;
    private final Spread bias;

    /**
     * Binds the parameters.
     *
     * @param weight 1 x channels, or null
     * @param bias 1 x channels, or null
     * @param features of a channel
     * @param n columns of a normalized row
     */
    Scaling(Param weight, Param bias, int features, int n, Workspace workspace) {
        kernels = workspace.kernels();
        training = workspace.training();
        rowSums = new RowSums(workspace);
        this.weight = weight == null ? null : new Spread(weight, features, n);
        this.bias = bias == null ? null : new Spread(bias, features, n);
    }

    /** Returns the weight, in rows of n, or null. */
    Matrix weight() {
        return weight == null ? null : weight.rows;
    }

    /** Returns the bias, in rows of n, or null. */
    Matrix bias() {
        return bias == null ? null : bias.rows;
    }

    /** Takes in the parameters' values. */
    void spread() {
        if (weight != null) {
            weight.forward();
        }
        if (bias != null) {
            bias.forward();
        }
    }

    /** Adds to the parameters' gradients. */
    void backward(Matrix normalized, Matrix dy) {
        if (weight != null && weight.parameter.isTrainable()) {
            float beta = weight.parameter.accumulator().nextBeta();
            kernels.normalizations()
                    .columnDots(
                            weight.normalizedSamples.of(normalized),
                            weight.gradientSamples.of(dy),
                            weight.isSpread() ? 0 : beta,
                            weight.gradient);
            weight.collect(beta);
        }
        if (bias != null && bias.parameter.isTrainable()) {
            float beta = bias.parameter.accumulator().nextBeta();
            rowSums.columnSums(
                    bias.gradientSamples.of(dy), bias.isSpread() ? 0 : beta, bias.gradient);
            bias.collect(beta);
        }
    }

    /** One parameter, a number for each feature. */
    private final class Spread {

        private final Param parameter;
        private final Matrix values;
        private final Matrix gradient;
        private final Matrix rows;
        private final Matrix ones;
        private final Matrix channels;
        private final Matrix channelGradients;
        private final Matrix features;
        private final Matrix featureGradients;
        private final RowView normalizedSamples;
        private final RowView gradientSamples;

        Spread(Param parameter, int ofChannel, int n) {
            this.parameter = parameter;
            int size = parameter.size() * ofChannel;
            values = ofChannel == 1 ? parameter.value() : Matrix.zeros(1, size);
            rows = RowView.of(values, n);
            ones = Matrix.zeros(1, ofChannel);
            Arrays.fill(ones.data(), 1f);
            gradient = training ? gradient(size) : null;
            channels = RowView.of(parameter.value(), 1);
            channelGradients = training ? RowView.of(parameter.gradient(), 1) : null;
            features = RowView.of(values, ofChannel);
            featureGradients = training ? RowView.of(gradient, ofChannel) : null;
            normalizedSamples = new RowView(kernels, size);
            gradientSamples = new RowView(kernels, size);
        }

        private Matrix gradient(int size) {
            return isSpread() ? Matrix.zeros(1, size) : parameter.gradient();
        }

        boolean isSpread() {
            return ones.cols() > 1;
        }

        void forward() {
            if (isSpread()) {
                kernels.gemm(Transpose.NN, channels, ones, 0, features, Epilogue.NONE);
            }
        }

        void collect(float beta) {
            if (isSpread()) {
                kernels.gemm(
                        Transpose.NT,
                        featureGradients,
                        ones,
                        beta,
                        channelGradients,
                        Epilogue.NONE);
            }
        }
    }
}
