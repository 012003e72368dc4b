package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;

/**
 * Raises to 0 what rounding has made negative where it cannot be: in channels whose weights are all
 * 0 or more, of images of which the same is true. Weights usually have a negative one among their
 * first few, so looking costs next to nothing.
 */
final class NonNegative {

    private NonNegative() {}

    /** Raises the outputs of an image. */
    static void raiseOutputs(Convolution shape, Matrix x, Matrix weight, Matrix y, int image) {
        int in = shape.groupIn() * shape.window().inputs();
        int n = shape.window().outputs();
        for (int o = 0; o < shape.outChannels(); o++) {
            int row = weight.offset() + o * weight.ld();
            if (is(weight.data(), row, shape.depth())) {
                int seen = x.offset() + image * x.ld() + o / shape.groupOut() * in;
                if (is(x.data(), seen, in)) {
                    raise(y.data(), y.offset() + image * y.ld() + o * n, n);
                }
            }
        }
    }

    /** Raises the gradients of an image, or the outputs of a transposed convolution. */
    static void raiseInputs(Convolution shape, Matrix dy, Matrix weight, Matrix dx, int image) {
        int out = shape.groupOut() * shape.window().outputs();
        int n = shape.window().inputs();
        for (int i = 0; i < shape.inChannels(); i++) {
            int group = i / shape.groupIn();
            if (areWeightsOf(shape, i, weight)) {
                int seen = dy.offset() + image * dy.ld() + group * out;
                if (is(dy.data(), seen, out)) {
                    raise(dx.data(), dx.offset() + image * dx.ld() + i * n, n);
                }
            }
        }
    }

    private static boolean areWeightsOf(Convolution shape, int i, Matrix weight) {
        int taps = shape.window().taps();
        int first = i / shape.groupIn() * shape.groupOut();
        int at = weight.offset() + first * weight.ld() + i % shape.groupIn() * taps;
        for (int o = 0; o < shape.groupOut(); o++) {
            if (!is(weight.data(), at + o * weight.ld(), taps)) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(float[] x, int from, int n) {
        for (int j = from; j < from + n; j++) {
            if (!(x[j] >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static void raise(float[] y, int from, int n) {
        for (int j = from; j < from + n; j++) {
            y[j] = Math.max(y[j], 0f);
        }
    }
}
