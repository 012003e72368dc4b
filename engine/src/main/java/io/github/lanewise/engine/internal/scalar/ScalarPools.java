package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.PoolKernels;

import java.util.Arrays;

/** Loops over the output positions of each channel. */
public final class ScalarPools implements PoolKernels {

    @Override
    public void maxPool(Window window, Matrix x, Matrix y, int[] indices, int from, int to) {
        int channels = x.cols() / window.inputs();
        for (int image = from; image < to; image++) {
            for (int c = 0; c < channels; c++) {
                for (int oy = 0; oy < window.rows().out(); oy++) {
                    maxPoolRow(window, x, y, indices, image, c, oy, 0, window.cols().out());
                }
            }
        }
    }

    /** Computes outputs [from, to) of row oy of a channel. */
    public static void maxPoolRow(
            Window window,
            Matrix x,
            Matrix y,
            int[] indices,
            int image,
            int channel,
            int oy,
            int from,
            int to) {
        int first = channel * window.inputs();
        int q = channel * window.outputs() + oy * window.cols().out();
        for (int ox = from; ox < to; ox++) {
            int best = largest(window, x.data(), x.offset() + image * x.ld() + first, oy, ox);
            y.data()[y.offset() + image * y.ld() + q + ox] =
                    best < 0
                            ? Float.NEGATIVE_INFINITY
                            : x.data()[x.offset() + image * x.ld() + first + best];
            if (indices != null) {
                indices[image * y.cols() + q + ox] = best < 0 ? -1 : first + best;
            }
        }
    }

    /** Returns where in its channel the largest element of a window is; -1 if it has none. */
    private static int largest(Window window, float[] x, int channel, int oy, int ox) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int best = -1;
        for (int ky = 0; ky < rows.kernel(); ky++) {
            int iy = rows.position(oy, ky);
            if (iy < 0 || iy >= rows.size()) {
                continue;
            }
            for (int kx = 0; kx < cols.kernel(); kx++) {
                int ix = cols.position(ox, kx);
                if (ix < 0 || ix >= cols.size()) {
                    continue;
                }
                int at = iy * cols.size() + ix;
                float value = x[channel + at];
                if (best < 0 || value > x[channel + best] || Float.isNaN(value)) {
                    best = at;
                }
            }
        }
        return best;
    }

    @Override
    public void maxPoolGradient(
            Window window, int[] indices, Matrix dy, Matrix dx, int from, int to) {
        for (int image = from; image < to; image++) {
            int start = dx.offset() + image * dx.ld();
            Arrays.fill(dx.data(), start, start + dx.cols(), 0f);
            int dyAt = dy.offset() + image * dy.ld();
            for (int j = 0; j < dy.cols(); j++) {
                int at = indices[image * dy.cols() + j];
                if (at >= 0) {
                    dx.data()[start + at] += dy.data()[dyAt + j];
                }
            }
        }
    }

    @Override
    public void averagePool(Regions rows, Regions cols, Matrix x, Matrix y, int from, int to) {
        int inputs = rows.size() * cols.size();
        for (int image = from; image < to; image++) {
            int q = y.offset() + image * y.ld();
            for (int c = 0; c < x.cols() / inputs; c++) {
                int channel = x.offset() + image * x.ld() + c * inputs;
                for (int oy = 0; oy < rows.out(); oy++) {
                    for (int ox = 0; ox < cols.out(); ox++) {
                        float sum = sum(rows, cols, x.data(), channel, oy, ox);
                        y.data()[q++] = sum / (rows.divisor(oy) * cols.divisor(ox));
                    }
                }
            }
        }
    }

    private static float sum(Regions rows, Regions cols, float[] x, int channel, int oy, int ox) {
        int width = cols.to(ox) - cols.from(ox);
        float sum = 0f;
        for (int iy = rows.from(oy); iy < rows.to(oy); iy++) {
            sum += StridedSum.sum(x, channel + iy * cols.size() + cols.from(ox), width);
        }
        return sum;
    }

    @Override
    public void averagePoolGradient(
            Regions rows, Regions cols, Matrix dy, Matrix dx, int from, int to) {
        int inputs = rows.size() * cols.size();
        for (int image = from; image < to; image++) {
            int start = dx.offset() + image * dx.ld();
            Arrays.fill(dx.data(), start, start + dx.cols(), 0f);
            int q = dy.offset() + image * dy.ld();
            for (int c = 0; c < dx.cols() / inputs; c++) {
                for (int oy = 0; oy < rows.out(); oy++) {
                    for (int ox = 0; ox < cols.out(); ox++) {
                        float share = dy.data()[q++] / (rows.divisor(oy) * cols.divisor(ox));
                        spread(rows, cols, share, dx.data(), start + c * inputs, oy, ox);
                    }
                }
            }
        }
    }

    private static void spread(
            Regions rows, Regions cols, float share, float[] dx, int channel, int oy, int ox) {
        for (int iy = rows.from(oy); iy < rows.to(oy); iy++) {
            int row = channel + iy * cols.size();
            for (int ix = cols.from(ox); ix < cols.to(ox); ix++) {
                dx[row + ix] += share;
            }
        }
    }
}
