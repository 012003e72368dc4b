package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.DirectConvolutions;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.PerThread;

import java.util.Arrays;

/**
 * The specification of direct convolution: loops over taps and output positions. Where the order of
 * sums leaves the choice, the inner loop runs along a row of the image, so that C2 can use the
 * CPU's vectors.
 */
final class ScalarConvolutions implements DirectConvolutions {

    private final PerThread<float[]> partialSums =
            PerThread.withInitial(() -> new float[ConvolutionKernels.STRIDE]);

    @Override
    public void convolve(
            Convolution shape,
            Matrix x,
            Matrix weight,
            Matrix y,
            Epilogue epilogue,
            int from,
            int to) {
        int outputs = shape.window().outputs();
        for (int image = from; image < to; image++) {
            for (int o = 0; o < shape.outChannels(); o++) {
                int at = y.offset() + image * y.ld() + o * outputs;
                Arrays.fill(y.data(), at, at + outputs, 0f);
                for (int p = 0; p < shape.depth(); p++) {
                    float w = weight.data()[weight.offset() + o * weight.ld() + p];
                    addTap(shape, x, image, channel(shape, o, p), p, w, y.data(), at);
                }
            }
            finish(epilogue, y, image, shape.outChannels(), outputs);
        }
    }

    /** Returns the input channel that an output channel sees at tap p. */
    private static int channel(Convolution shape, int o, int p) {
        return o / shape.groupOut() * shape.groupIn() + p / shape.window().taps();
    }

    /** Adds weight times what tap p sees to all outputs of a channel. */
    private static void addTap(
            Convolution shape,
            Matrix x,
            int image,
            int channel,
            int p,
            float w,
            float[] y,
            int yAt) {
        Axis rows = shape.window().rows();
        Axis cols = shape.window().cols();
        int kx = p % cols.kernel();
        int left = cols.firstInside(kx);
        int right = cols.endInside(kx);
        for (int oy = 0; oy < rows.out(); oy++) {
            int iy = rows.position(oy, p / cols.kernel() % rows.kernel());
            boolean inside = iy >= 0 && iy < rows.size();
            int first = inside ? left : 0;
            int end = inside ? right : 0;
            int to = yAt + oy * cols.out();
            int at = start(x, image, channel, shape.window().inputs()) + iy * cols.size();
            addPadding(w, y, to, to + first);
            for (int ox = first; ox < end; ox++) {
                y[to + ox] = Fma.fma(w, x.data()[at + cols.position(ox, kx)], y[to + ox]);
            }
            addPadding(w, y, to + end, to + cols.out());
        }
    }

    /** Adds weight times 0: nothing, unless the weight is infinite or NaN or the sum is -0. */
    private static void addPadding(float w, float[] y, int from, int to) {
        for (int at = from; at < to; at++) {
            y[at] = Fma.fma(w, 0f, y[at]);
        }
    }

    @Override
    public void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        int stride = ConvolutionKernels.isStrided(shape) ? ConvolutionKernels.STRIDE : 1;
        float[] partial = partialSums.get();
        for (int o = fromRow; o < toRow; o++) {
            int end = ConvolutionKernels.endImage(shape, o, x);
            for (int p = fromCol; p < toCol; p++) {
                int at = sums.offset() + o * sums.ld() + p;
                // A chain starts from what is there, strided sums are added to it.
                Arrays.fill(partial, 0f);
                if (stride == 1 && beta != 0) {
                    partial[0] = sums.data()[at];
                }
                for (int i = ConvolutionKernels.firstImage(shape, o, x); i < end; i++) {
                    addPositions(shape, x, dy, i, o % shape.outChannels(), p, partial, stride);
                }
                float before = stride > 1 && beta != 0 ? sums.data()[at] : 0f;
                sums.data()[at] = stride == 1 ? partial[0] : before + fold(partial);
            }
        }
    }

    @Override
    public void addWeightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol,
            int image) {
        float[] chain = partialSums.get();
        for (int o = fromRow; o < toRow; o++) {
            for (int p = fromCol; p < toCol; p++) {
                int at = sums.offset() + o * sums.ld() + p;
                chain[0] = sums.data()[at];
                addPositions(shape, x, dy, image, o % shape.outChannels(), p, chain, 1);
                sums.data()[at] = chain[0];
            }
        }
    }

    /**
     * Adds dy times what tap p sees over all positions of an image, q to sum q mod stride, which is
     * a power of 2.
     */
    private static void addPositions(
            Convolution shape,
            Matrix x,
            Matrix dy,
            int image,
            int o,
            int p,
            float[] sums,
            int stride) {
        Window window = shape.window();
        Axis cols = window.cols();
        int ky = p / cols.kernel() % window.rows().kernel();
        int from = start(x, image, channel(shape, o, p), window.inputs());
        int at = start(dy, image, o, window.outputs());
        int last = stride - 1;
        int q = 0;
        for (int oy = 0; oy < window.rows().out(); oy++) {
            int iy = window.rows().position(oy, ky);
            boolean inside = iy >= 0 && iy < window.rows().size();
            for (int ox = 0; ox < cols.out(); ox++, q++) {
                int ix = cols.position(ox, p % cols.kernel());
                float seen =
                        inside && ix >= 0 && ix < cols.size()
                                ? x.data()[from + iy * cols.size() + ix]
                                : 0f;
                sums[q & last] = Fma.fma(dy.data()[at + q], seen, sums[q & last]);
            }
        }
    }

    private static float fold(float[] partial) {
        for (int half = partial.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                partial[i] += partial[i + half];
            }
        }
        return partial[0];
    }

    @Override
    public void inputGradient(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            Matrix dx,
            Epilogue epilogue,
            int from,
            int to) {
        int inputs = shape.window().inputs();
        for (int image = from; image < to; image++) {
            int at = dx.offset() + image * dx.ld();
            Arrays.fill(dx.data(), at, at + shape.inChannels() * inputs, 0f);
            for (int c = 0; c < shape.inChannels(); c++) {
                int channel = at + c * inputs;
                for (int tap = 0; tap < shape.window().taps(); tap++) {
                    spreadTap(shape, dy, weight, image, c, tap, dx.data(), channel);
                }
            }
            finish(epilogue, dx, image, shape.inChannels(), inputs);
        }
    }

    /** Adds what all output positions send back through one tap of an input channel. */
    private static void spreadTap(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            int image,
            int c,
            int tap,
            float[] dx,
            int at) {
        Axis rows = shape.window().rows();
        Axis cols = shape.window().cols();
        int kx = tap % cols.kernel();
        int p = c % shape.groupIn() * shape.window().taps() + tap;
        int o = c / shape.groupIn() * shape.groupOut();
        int w = weight.offset() + o * weight.ld() + p;
        int outputs = shape.window().outputs();
        int dyAt = start(dy, image, o, outputs);
        for (int oy = 0; oy < rows.out(); oy++) {
            int iy = rows.position(oy, tap / cols.kernel());
            if (iy < 0 || iy >= rows.size()) {
                continue;
            }
            for (int ox = cols.firstInside(kx); ox < cols.endInside(kx); ox++) {
                int q = dyAt + oy * cols.out() + ox;
                float g = 0f;
                for (int i = 0; i < shape.groupOut(); i++) {
                    g = Fma.fma(weight.data()[w + i * weight.ld()], dy.data()[q + i * outputs], g);
                }
                dx[at + iy * cols.size() + cols.position(ox, kx)] += g;
            }
        }
    }

    /** Applies an epilogue to the channels of an image. */
    static void finish(Epilogue epilogue, Matrix y, int image, int channels, int size) {
        Matrix bias = epilogue.bias();
        Matrix saved = epilogue.saved();
        Activation f = epilogue.activation();
        for (int c = 0; c < channels; c++) {
            int at = start(y, image, c, size);
            int savedAt = saved == null ? 0 : start(saved, image, c, size);
            for (int j = 0; j < size; j++) {
                float value = y.data()[at + j];
                if (bias != null) {
                    value += bias.data()[bias.offset() + c];
                }
                y.data()[at + j] =
                        saved == null
                                ? ScalarActivations.value(f, value)
                                : ScalarActivations.gradient(f, saved.data()[savedAt + j], value);
            }
        }
    }

    private static int start(Matrix x, int image, int channel, int size) {
        return x.offset() + image * x.ld() + channel * size;
    }
}
