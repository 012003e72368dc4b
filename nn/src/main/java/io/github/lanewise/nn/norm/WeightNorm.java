package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A layer whose weight is a length for each unit times a direction: w = g v / |v| (Salimans and
 * Kingma, "Weight normalization", 2016; PyTorch's {@code parametrizations.weight_norm} with its
 * default dimension 0). g and v are trained in place of w; g begins as |v|, v as the weight.
 *
 * <pre>{@code new WeightNorm(new Linear(64, 32))}</pre>
 *
 * <p>A unit is an output of {@link io.github.lanewise.nn.layer.Linear} or {@link
 * io.github.lanewise.nn.conv.Conv2d} (of a transposed convolution, as in PyTorch, an input
 * channel). Backward, with dw the weight's gradient: dg = dw v / |v|, dv = g / |v| (dw - dg v /
 * |v|), in double. Values that the layer's weight was given before stay.
 */
public final class WeightNorm extends Reparametrized {

    private final WeightUnits units;
    private final Param g;

    /**
     * Wraps a layer that has a parameter {@code weight}; use it only through this from now on.
     *
     * @throws IllegalArgumentException if it has none
     */
    public WeightNorm(Layer layer) {
        super(layer);
        units = WeightUnits.of("WeightNorm", layer, 0);
        Initializer lengths = (value, random) -> writeNorms(value.data());
        g = new Param(1, units.units(), lengths).savedAs(units.savedShape());
    }

    /** Returns the lengths, 1 x units. */
    public Param g() {
        return g;
    }

    /** Returns the directions, as the layer has its weight. */
    public Param v() {
        return original();
    }

    private void writeNorms(float[] into) {
        double[] norms = new double[units.units()];
        norms(norms);
        for (int u = 0; u < norms.length; u++) {
            into[u] = (float) norms[u];
        }
    }

    private void norms(double[] norms) {
        Matrix v = original().value();
        Arrays.fill(norms, 0);
        for (int i = 0; i < v.size(); i++) {
            double x = v.data()[i];
            norms[units.unit(i / v.cols(), i % v.cols())] += x * x;
        }
        for (int u = 0; u < norms.length; u++) {
            norms[u] = Math.sqrt(norms[u]);
        }
    }

    /** The directions come first: when values are drawn, lengths are drawn after them. */
    @Override
    SequencedMap<String, Param> originals() {
        SequencedMap<String, Param> all = new LinkedHashMap<>();
        all.put("parametrizations.weight.original1", original());
        all.put("parametrizations.weight.original0", g);
        return all;
    }

    @Override
    Computation bind(boolean training) {
        return new Lengths();
    }

    private final class Lengths implements Computation {

        private final double[] norms = new double[units.units()];
        private final double[] dots = new double[units.units()];

        @Override
        public void forward() {
            norms(norms);
            Matrix v = original().value();
            float[] w = weight().value().data();
            for (int i = 0; i < w.length; i++) {
                int u = units.unit(i / v.cols(), i % v.cols());
                w[i] = (float) (g.value().data()[u] / norms[u] * v.data()[i]);
            }
        }

        @Override
        public void backward(Matrix dWeight) {
            Matrix v = original().value();
            Arrays.fill(dots, 0);
            for (int i = 0; i < v.size(); i++) {
                int u = units.unit(i / v.cols(), i % v.cols());
                dots[u] += (double) dWeight.data()[i] * v.data()[i] / norms[u];
            }
            float beta = g.accumulator().nextBeta();
            float[] dg = g.gradient().data();
            for (int u = 0; u < dots.length; u++) {
                dg[u] = (float) ((beta == 0 ? 0 : dg[u]) + dots[u]);
            }
            beta = original().accumulator().nextBeta();
            float[] dv = original().gradient().data();
            for (int i = 0; i < dv.length; i++) {
                int u = units.unit(i / v.cols(), i % v.cols());
                double across = dWeight.data()[i] - dots[u] * v.data()[i] / norms[u];
                double slope = g.value().data()[u] / norms[u] * across;
                dv[i] = (float) ((beta == 0 ? 0 : dv[i]) + slope);
            }
        }
    }
}
