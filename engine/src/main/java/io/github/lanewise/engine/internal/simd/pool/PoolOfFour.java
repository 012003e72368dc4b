package io.github.lanewise.engine.internal.simd.pool;

import static io.github.lanewise.engine.internal.simd.pool.SimdPools.UPPER_HALF;
import static io.github.lanewise.engine.internal.simd.support.EverySecond.EVEN;
import static io.github.lanewise.engine.internal.simd.support.EverySecond.ODD;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.scalar.ScalarPools;
import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.support.Scratch;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Maxima of two by two elements at stride 2 without padding, the most frequent window: a vector of
 * outputs at a time.
 *
 * <p>The innermost loop goes down the rows of a channel, since rows are often shorter than a
 * vector. What the last vector of a row has too much runs over into the next row, which is computed
 * later: so wider rows are done from the last vector to the first, all rows of the channel each.
 * Rows whose surplus would leave the image go through a scratch array.
 */
final class PoolOfFour {

    private static final IntVector EVENS = Lanes.NUMBERS.mul(2);

    private static final IntVector ODDS = EVENS.add(1);

    private PoolOfFour() {}

    /** Returns whether a window is one of these. */
    static boolean is(Window window) {
        return is(window.rows()) && is(window.cols());
    }

    private static boolean is(Axis axis) {
        return axis.kernel() == 2
                && axis.stride() == 2
                && axis.dilation() == 1
                && axis.padding() == 0
                && 2 * axis.out() <= axis.size();
    }

    /** Computes an image. */
    static void image(Window window, Matrix x, Matrix y, int[] indices, int image) {
        int height = window.rows().out();
        int together = together(window, x.cols() / window.inputs());
        for (int at = 0, q = 0; at < x.cols(); at += together * window.inputs()) {
            rows(window, x, y, indices, image, at, q, together * height);
            q += together * window.outputs();
        }
    }

    /**
     * Returns how many of so many channels are one sequence of rows: all where each pair of rows
     * has its outputs. Rows of several vectors stay in cache if each channel is one.
     */
    static int together(Window window, int channels) {
        boolean covered = 2 * window.rows().out() == window.rows().size();
        return covered && window.cols().out() <= COUNT ? channels : 1;
    }

    /** Computes some rows of an image, of which the first is output q and begins at a place. */
    private static void rows(
            Window window,
            Matrix x,
            Matrix y,
            int[] indices,
            int image,
            int at,
            int q,
            int height) {
        int size = window.cols().size();
        int width = window.cols().out();
        int last = (width - 1) / COUNT * COUNT;
        int start = x.offset() + image * x.ld();
        int to = y.offset() + image * y.ld() + q;
        int indicesTo = image * y.cols() + q;
        // Rows that may write, and rows that may read, whole vectors.
        int writable = within(y.cols() - q - last - COUNT, width, height);
        int room = x.data().length - start - at - size - 2 * (last + COUNT);
        int readable = within(room, 2 * size, height);
        int whole = Math.min(writable, readable);
        for (int ox = last; ox >= 0; ox -= COUNT) {
            int from = at + 2 * ox;
            down(
                    whole,
                    width,
                    x.data(),
                    start,
                    from,
                    size,
                    y.data(),
                    to + ox,
                    indices,
                    indicesTo + ox);
        }
        for (int oy = whole; oy < readable; oy++) {
            edge(window, x, y, indices, image, q + oy * width, at + 2 * oy * size);
        }
        for (int oy = Math.max(whole, readable); oy < height; oy++) {
            int channel = q / window.outputs() + oy / window.rows().out();
            int row = oy % window.rows().out();
            ScalarPools.maxPoolRow(window, x, y, indices, image, channel, row, 0, width);
        }
    }

    /** Returns how many of so many rows, which are a step apart, begin within some room. */
    static int within(int room, int step, int count) {
        return Math.clamp(Math.floorDiv(room, step) + 1, 0, count);
    }

    /** Computes a row, output q and what follows, where the image ends within a vector. */
    private static void edge(
            Window window, Matrix x, Matrix y, int[] indices, int image, int q, int at) {
        int size = window.cols().size();
        int width = window.cols().out();
        Scratch scratch = Scratch.mine();
        int start = x.offset() + image * x.ld();
        int[] places = indices == null ? null : scratch.places;
        for (int ox = 0; ox < width; ox += COUNT) {
            int n = Math.min(COUNT, width - ox);
            down(1, width, x.data(), start, at + 2 * ox, size, scratch.e, 0, places, 0);
            System.arraycopy(scratch.e, 0, y.data(), y.offset() + image * y.ld() + q + ox, n);
            if (indices != null) {
                System.arraycopy(places, 0, indices, image * y.cols() + q + ox, n);
            }
        }
    }

    /**
     * Computes the first COUNT outputs of each of some rows, {@code width} apart. The first window
     * is at place {@code at} of the image, which begins at {@code start}.
     */
    private static void down(
            int rows,
            int width,
            float[] x,
            int start,
            int at,
            int size,
            float[] y,
            int to,
            int[] indices,
            int indicesTo) {
        IntVector lowerEvens = EVENS.add(size);
        IntVector lowerOdds = ODDS.add(size);
        for (int row = 0; row < rows; row++) {
            FloatVector a = FLOAT_VECTOR.cast(fromArray(FLOATS, x, start + at));
            FloatVector b = FLOAT_VECTOR.cast(fromArray(FLOATS, x, start + at + COUNT));
            FloatVector even = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER_HALF);
            FloatVector odd = a.rearrange(ODD).blend(b.rearrange(ODD), UPPER_HALF);
            VectorMask<Float> larger = odd.compare(GT, even).or(odd.compare(NE, odd));
            FloatVector upper = even.blend(odd, larger);
            IntVector upperPlace = EVENS.blend(ODDS, larger.cast(INTS));
            a = FLOAT_VECTOR.cast(fromArray(FLOATS, x, start + at + size));
            b = FLOAT_VECTOR.cast(fromArray(FLOATS, x, start + at + size + COUNT));
            even = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER_HALF);
            odd = a.rearrange(ODD).blend(b.rearrange(ODD), UPPER_HALF);
            larger = odd.compare(GT, even).or(odd.compare(NE, odd));
            FloatVector lower = even.blend(odd, larger);
            IntVector lowerPlace = lowerEvens.blend(lowerOdds, larger.cast(INTS));
            larger = lower.compare(GT, upper).or(lower.compare(NE, lower));
            upper.blend(lower, larger).intoArray(y, to);
            if (indices != null) {
                upperPlace
                        .blend(lowerPlace, larger.cast(INTS))
                        .add(at)
                        .intoArray(indices, indicesTo);
            }
            at += 2 * size;
            to += width;
            indicesTo += width;
        }
    }
}
