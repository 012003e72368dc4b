package io.github.lanewise.engine.internal.simd.pool;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.PoolKernels;
import io.github.lanewise.engine.internal.scalar.ScalarPools;
import io.github.lanewise.engine.internal.simd.support.EverySecond;
import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.support.StridedSums;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

import java.util.Arrays;

/**
 * Maxima of a vector of neighbouring outputs at a time, for strides 1 and 2; all other pooling is
 * the scalar set's.
 *
 * <p>The last vector of a row runs over into the next row of outputs, which is computed later.
 * Where that would leave the image, the scalar kernel does the rest, as it does outputs that see
 * padding on the left or right.
 */
public final class SimdPools implements PoolKernels {

    private static final int BLOCK = 16;

    static final VectorMask<Float> UPPER_HALF = upperHalf();

    private final ScalarPools scalar = new ScalarPools();

    private static VectorMask<Float> upperHalf() {
        boolean[] lanes = new boolean[COUNT];
        Arrays.fill(lanes, COUNT / 2, COUNT, true);
        return VectorMask.fromArray(FLOATS, lanes, 0);
    }

    @Override
    public void maxPool(Window window, Matrix x, Matrix y, int[] indices, int from, int to) {
        if (window.cols().stride() > 2) {
            scalar.maxPool(window, x, y, indices, from, to);
            return;
        }
        if (PoolOfFour.is(window)) {
            for (int image = from; image < to; image++) {
                PoolOfFour.image(window, x, y, indices, image);
            }
            return;
        }
        boolean padded = seesPadding(window.rows()) || seesPadding(window.cols());
        int channels = x.cols() / window.inputs();
        for (int image = from; image < to; image++) {
            for (int c = 0; c < channels; c++) {
                if (padded) {
                    for (int oy = 0; oy < window.rows().out(); oy++) {
                        maxPoolRow(window, x, y, indices, image, c, oy);
                    }
                } else {
                    maxPoolChannel(window, x, y, indices, image, c);
                }
            }
        }
    }

    /** Also a window of an image without padding may stick out at the end. */
    private static boolean seesPadding(Axis axis) {
        return axis.padding() > 0 || axis.extent() > axis.size();
    }

    /** Computes a channel of an image without padding: every window lies inside. */
    private static void maxPoolChannel(
            Window window, Matrix x, Matrix y, int[] indices, int image, int channel) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int height = rows.kernel();
        int stride = cols.stride();
        int width = cols.out();
        int reach =
                (height - 1) * rows.dilation() * cols.size()
                        + (cols.kernel() - 1) * cols.dilation()
                        + 2 * COUNT;
        // Where the last vector may begin, in the image and in its outputs.
        int lastAt = x.data().length - reach - x.offset() - image * x.ld();
        int lastQ = y.cols() - COUNT;
        for (int oy = 0; oy < rows.out(); oy++) {
            int at = channel * window.inputs() + oy * rows.stride() * cols.size();
            int q = channel * window.outputs() + oy * width;
            int ox = 0;
            while (ox < width && q + ox <= lastQ && at <= lastAt) {
                largest(window, x, y, indices, image, at, height, q + ox);
                ox += COUNT;
                at += COUNT * stride;
            }
            if (ox < width) {
                ScalarPools.maxPoolRow(window, x, y, indices, image, channel, oy, ox, width);
            }
        }
    }

    private static void maxPoolRow(
            Window window, Matrix x, Matrix y, int[] indices, int image, int channel, int oy) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int left = cols.firstInside(0);
        int right = Math.max(left, cols.endInside(cols.kernel() - 1));
        int q = channel * window.outputs() + oy * cols.out();
        int firstRow = Math.max(0, Math.ceilDiv(-rows.position(oy, 0), rows.dilation()));
        int endRow =
                Math.min(
                        rows.kernel(),
                        Math.ceilDiv(rows.size() - rows.position(oy, 0), rows.dilation()));
        int at =
                channel * window.inputs()
                        + rows.position(oy, firstRow) * cols.size()
                        + cols.position(left, 0);
        int last = at + (endRow - 1 - firstRow) * rows.dilation() * cols.size();
        int reach = (cols.kernel() - 1) * cols.dilation() + 2 * COUNT;
        int ox = left;
        while (firstRow < endRow
                && ox < right
                && q + ox + COUNT <= y.cols()
                && x.offset() + image * x.ld() + last + reach <= x.data().length) {
            largest(window, x, y, indices, image, at, endRow - firstRow, q + ox);
            ox += COUNT;
            at += COUNT * cols.stride();
            last += COUNT * cols.stride();
        }
        ScalarPools.maxPoolRow(window, x, y, indices, image, channel, oy, 0, left);
        int done = Math.clamp(ox, left, right);
        ScalarPools.maxPoolRow(window, x, y, indices, image, channel, oy, done, cols.out());
    }

    /** Takes the maxima of a vector of outputs, from output q on, over so many rows from at on. */
    private static void largest(
            Window window,
            Matrix x,
            Matrix y,
            int[] indices,
            int image,
            int at,
            int height,
            int q) {
        Axis cols = window.cols();
        int stride = cols.stride();
        int down = window.rows().dilation() * cols.size();
        int across = cols.dilation();
        int width = cols.kernel();
        int start = x.offset() + image * x.ld();
        float[] data = x.data();
        FloatVector best = take(data, start + at, stride);
        IntVector place = IntVector.broadcast(INTS, at);
        for (int ky = 0; ky < height; ky++) {
            for (int kx = 0; kx < width; kx++) {
                int tap = at + ky * down + kx * across;
                FloatVector value = take(data, start + tap, stride);
                VectorMask<Float> larger = value.compare(GT, best).or(value.compare(NE, value));
                best = FLOAT_VECTOR.cast(best).blend(value, larger);
                place = INT_VECTOR.cast(place).blend(tap, larger.cast(INTS));
            }
        }
        FLOAT_VECTOR.cast(best).intoArray(y.data(), y.offset() + image * y.ld() + q);
        if (indices != null) {
            INT_VECTOR
                    .cast(place)
                    .add(Lanes.NUMBERS.mul(stride))
                    .intoArray(indices, image * y.cols() + q);
        }
    }

    /** Returns every element from a place on, or every second. */
    private static FloatVector take(float[] x, int at, int stride) {
        FloatVector first = FLOAT_VECTOR.cast(fromArray(FLOATS, x, at));
        return stride == 1
                ? first
                : first.rearrange(EverySecond.EVEN)
                        .blend(
                                FLOAT_VECTOR
                                        .cast(fromArray(FLOATS, x, at + COUNT))
                                        .rearrange(EverySecond.EVEN),
                                UPPER_HALF);
    }

    @Override
    public void maxPoolGradient(
            Window window, int[] indices, Matrix dy, Matrix dx, int from, int to) {
        if (!PoolOfFour.is(window) || !PoolOfFourGradient.isWorthwhile(window)) {
            scalar.maxPoolGradient(window, indices, dy, dx, from, to);
            return;
        }
        for (int image = from; image < to; image++) {
            PoolOfFourGradient.image(window, indices, dy, dx, image);
        }
    }

    @Override
    public void averagePool(Regions rows, Regions cols, Matrix x, Matrix y, int from, int to) {
        if (cols.size() < BLOCK) {
            scalar.averagePool(rows, cols, x, y, from, to);
            return;
        }
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
        int at = channel + cols.from(ox);
        float sum = 0f;
        for (int iy = rows.from(oy); iy < rows.to(oy); iy++) {
            int row = at + iy * cols.size();
            sum += width < BLOCK ? shortSum(x, row, width) : StridedSums.sum(x, row, width);
        }
        return sum;
    }

    private static float shortSum(float[] x, int at, int n) {
        float sum = 0f;
        for (int j = 0; j < n; j++) {
            sum += x[at + j];
        }
        return sum;
    }

    @Override
    public void averagePoolGradient(
            Regions rows, Regions cols, Matrix dy, Matrix dx, int from, int to) {
        scalar.averagePoolGradient(rows, cols, dy, dx, from, to);
    }
}
