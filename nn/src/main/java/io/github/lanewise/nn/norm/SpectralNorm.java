package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.Options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A layer whose weight has the largest singular value 1: w = W / (u<sup>T</sup> W v) (Miyato and
 * others, "Spectral normalization for generative adversarial networks", 2018; PyTorch's {@code
 * parametrizations.spectral_norm}). W, as units x all else, is trained in place of w.
 *
 * <p>The singular vectors u and v are states. Each forward call of a pass for training moves them
 * by steps of the power iteration, u = W v / |W v|, v = W<sup>T</sup> u / |W<sup>T</sup> u|; passes
 * for inference take them as they are. They begin by 15 such steps from fixed random numbers.
 * Backward takes them for constants: dW = (dw - (dw w) u v<sup>T</sup>) / (u<sup>T</sup> W v). All
 * in double; values that the layer's weight was given before stay.
 */
public final class SpectralNorm extends Reparametrized {

    private static final int FIRST_STEPS = 15;

    private final Options options = new Options();
    private final WeightUnits units;
    private final State u;
    private final State v;
    private int steps = 1;
    private float eps = 1e-12f;

    /**
     * Wraps a layer that has a parameter {@code weight}; use it only through this from now on.
     *
     * @throws IllegalArgumentException if it has none
     */
    public SpectralNorm(Layer layer) {
        super(layer);
        boolean transposed = layer instanceof ConvTranspose1d || layer instanceof ConvTranspose2d;
        units = WeightUnits.of("SpectralNorm", layer, transposed ? 1 : 0);
        u = new State(1, units.units(), 0);
        v = new State(1, units.rest(), 0);
    }

    /**
     * Sets how many steps each forward call takes; 1 unless set.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public SpectralNorm nPowerIterations(int number) {
        options.requireOpen(this, "nPowerIterations");
        if (number < 1) {
            throw new IllegalArgumentException(
                    "SpectralNorm: %s power iterations; there must be 1 or more".formatted(number));
        }
        steps = number;
        return this;
    }

    /**
     * Sets the least length that vectors are divided by; 1e-12 unless set.
     *
     * @throws IllegalArgumentException if it is not above 0, or not finite
     */
    public SpectralNorm eps(float number) {
        options.requireOpen(this, "eps");
        Numbers.requireAboveZero("SpectralNorm", "eps", number);
        eps = number;
        return this;
    }

    @Override
    SequencedMap<String, Param> originals() {
        options.close();
        return Named.of("parametrizations.weight.original", original());
    }

    @Override
    public SequencedMap<String, State> states() {
        SequencedMap<String, State> all = new LinkedHashMap<>();
        all.put("parametrizations.weight.0._u", u);
        all.put("parametrizations.weight.0._v", v);
        all.putAll(super.states());
        return all;
    }

    @Override
    Computation bind(boolean training) {
        options.close();
        return new Power(training);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.put("nPowerIterations", steps);
        all.put("eps", eps);
        return all;
    }

    private final class Power implements Computation {

        private final boolean training;
        private final double[] left = new double[units.units()];
        private final double[] right = new double[units.rest()];
        private final double[] product = new double[units.units()];
        private double sigma;

        Power(boolean training) {
            this.training = training;
        }

        @Override
        public void forward() {
            begin();
            for (int step = 0; training && step < steps; step++) {
                step();
            }
            if (training) {
                keep(left, u.value().data());
                keep(right, v.value().data());
            }
            multiply(right, product);
            sigma = dot(left, product);
            float[] w = weight().value().data();
            float[] original = original().value().data();
            for (int i = 0; i < w.length; i++) {
                w[i] = (float) (original[i] / sigma);
            }
        }

        /** Takes the vectors of the states, or the first ones. */
        private void begin() {
            boolean any = false;
            for (int i = 0; i < left.length; i++) {
                left[i] = u.value().data()[i];
                any |= left[i] != 0;
            }
            for (int i = 0; i < right.length; i++) {
                right[i] = v.value().data()[i];
            }
            if (!any) {
                RandomStream random = new RandomStream(0).stream("spectral norm");
                for (int i = 0; i < right.length; i++) {
                    right[i] = random.gaussian();
                }
                for (int step = 0; step < FIRST_STEPS; step++) {
                    step();
                }
            }
        }

        private void step() {
            multiply(right, left);
            normalize(left);
            multiplyTransposed(left, right);
            normalize(right);
        }

        private void multiply(double[] x, double[] y) {
            Matrix w = original().value();
            Arrays.fill(y, 0);
            for (int i = 0; i < w.size(); i++) {
                int row = i / w.cols();
                int col = i % w.cols();
                y[units.unit(row, col)] += w.data()[i] * x[units.rest(row, col)];
            }
        }

        private void multiplyTransposed(double[] x, double[] y) {
            Matrix w = original().value();
            Arrays.fill(y, 0);
            for (int i = 0; i < w.size(); i++) {
                int row = i / w.cols();
                int col = i % w.cols();
                y[units.rest(row, col)] += w.data()[i] * x[units.unit(row, col)];
            }
        }

        private void normalize(double[] x) {
            double length = Math.max(Math.sqrt(dot(x, x)), eps);
            for (int i = 0; i < x.length; i++) {
                x[i] /= length;
            }
        }

        private static double dot(double[] x, double[] y) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * y[i];
            }
            return sum;
        }

        private static void keep(double[] x, float[] into) {
            for (int i = 0; i < x.length; i++) {
                into[i] = (float) x[i];
                x[i] = into[i];
            }
        }

        @Override
        public void backward(Matrix dWeight) {
            Matrix w = weight().value();
            double dot = 0;
            for (int i = 0; i < w.size(); i++) {
                dot += (double) dWeight.data()[i] * w.data()[i];
            }
            float beta = original().accumulator().nextBeta();
            float[] gradient = original().gradient().data();
            for (int i = 0; i < gradient.length; i++) {
                int row = i / w.cols();
                int col = i % w.cols();
                double along = left[units.unit(row, col)] * right[units.rest(row, col)];
                double slope = (dWeight.data()[i] - dot * along) / sigma;
                gradient[i] = (float) ((beta == 0 ? 0 : gradient[i]) + slope);
            }
        }
    }
}
