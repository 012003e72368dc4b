package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.internal.Passes;

import java.util.SequencedMap;

/**
 * Divides each number by what its neighbours in the other channels are (Krizhevsky and others,
 * 2012): y[c] = x[c] s[c]<sup>-beta</sup>, s[c] = k + alpha / size times the sum of the squares of
 * channels c - size / 2 (rounded down) to c + (size - 1) / 2, those that there are.
 *
 * <p>The first dimension of a sample is its channels. Backward: dx[c] = dy[c] s[c]<sup>-beta</sup>
 * - 2 alpha beta / size x[c] times the sum of dy x s<sup>-beta - 1</sup> over the channels that see
 * c. Plain loops in double on the caller's thread, which are the definition.
 */
public final class LocalResponseNorm implements Layer {

    private final Options options = new Options();
    private final int size;
    private float alpha = 1e-4f;
    private float beta = 0.75f;
    private float k = 1;

    /**
     * Makes a layer with alpha 1e-4, beta 0.75 and k 1.
     *
     * @param size channels that a number sees
     * @throws IllegalArgumentException if it is below 1
     */
    public LocalResponseNorm(int size) {
        Numbers.requirePositive("LocalResponseNorm", "size", size);
        this.size = size;
    }

    private float require(String name, float number, boolean valid) {
        options.requireOpen(this, name);
        if (!valid || !Float.isFinite(number)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; it must be %s, and finite"
                            .formatted(
                                    this,
                                    name,
                                    number,
                                    name.equals("k") ? "above 0" : "0 or more"));
        }
        return number;
    }

    /** Sets the factor of the squares; 1e-4 unless set. */
    public LocalResponseNorm alpha(float number) {
        alpha = require("alpha", number, number >= 0);
        return this;
    }

    /** Sets the exponent; 0.75 unless set. */
    public LocalResponseNorm beta(float number) {
        beta = require("beta", number, number >= 0);
        return this;
    }

    /** Sets what is added to the squares; 1 unless set. */
    public LocalResponseNorm k(float number) {
        k = require("k", number, number > 0);
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        if (input.rank() < 2) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer takes channels of several values"
                            .formatted(this, input));
        }
        return input;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new ResponsePass(input, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("size", size, "alpha", alpha, "beta", beta, "k", k);
    }

    @Override
    public String toString() {
        return "LocalResponseNorm(%s)".formatted(size);
    }

    private final class ResponsePass implements Pass {

        private final boolean training;
        private final int channels;
        private final int values;
        private final Matrix outputs;
        private final Matrix inputGradient;

        /** s of each element. */
        private final double[] sums;

        private Matrix inputs;

        ResponsePass(Shape input, Workspace workspace) {
            training = workspace.training();
            channels = input.dimension(0);
            values = input.features() / channels;
            outputs = workspace.buffer(input);
            inputGradient = workspace.inputGradientBuffer(input);
            sums = new double[outputs.size()];
        }

        @Override
        public Matrix forward(Matrix inputs) {
            this.inputs = inputs;
            for (int at = 0; at < sums.length; at++) {
                int i = at / outputs.cols();
                int j = at % outputs.cols();
                int row = inputs.offset() + i * inputs.ld();
                int c = j / values;
                double sum = 0;
                int end = Math.min(c + (size - 1) / 2, channels - 1);
                for (int other = Math.max(0, c - size / 2); other <= end; other++) {
                    double x = inputs.data()[row + other * values + j % values];
                    sum += x * x;
                }
                sums[at] = k + (double) alpha / size * sum;
                double x = inputs.data()[row + j];
                outputs.data()[at] = (float) (x * power(sums[at], -beta));
            }
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(LocalResponseNorm.this, training, inputs);
            if (inputGradient == null) {
                return null;
            }
            for (int at = 0; at < sums.length; at++) {
                int i = at / outputs.cols();
                int j = at % outputs.cols();
                inputGradient.data()[at] = gradient(i, j, outputGradient);
            }
            return inputGradient;
        }

        /** StrictMath's own allocates. */
        private static double power(double base, double exponent) {
            return StrictMath.exp(exponent * StrictMath.log(base));
        }

        private float gradient(int i, int j, Matrix dy) {
            int x = inputs.offset() + i * inputs.ld();
            int d = dy.offset() + i * dy.ld();
            int s = i * outputs.cols();
            int c = j / values;
            double sum = 0;
            int end = Math.min(c + size / 2, channels - 1);
            for (int other = Math.max(0, c - (size - 1) / 2); other <= end; other++) {
                int to = other * values + j % values;
                double slope = (double) dy.data()[d + to] * inputs.data()[x + to];
                sum += slope * power(sums[s + to], -beta - 1.0);
            }
            double own = dy.data()[d + j] * power(sums[s + j], -beta);
            return (float) (own - 2.0 * alpha * beta / size * inputs.data()[x + j] * sum);
        }
    }
}
