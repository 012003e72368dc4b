package io.github.lanewise.engine.internal.simd.pool;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.support.EverySecond;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;

import java.util.Arrays;

/**
 * The gradient of {@link PoolOfFour}: windows do not overlap, so each element is written once, with
 * dy if its window chose it, else with 0.
 *
 * <p>The order is that of {@link PoolOfFour}. Rows whose surplus would leave the image are cleared,
 * and what they get is added one by one.
 */
final class PoolOfFourGradient {

    /** Brings each lane of the upper half to two neighbours. */
    private static final VectorShuffle<Float> UPPER =
            VectorShuffle.fromOp(FLOATS, i -> (i + COUNT) / 2);

    private static final VectorShuffle<Integer> LOWER_PLACES = EverySecond.TWICE.cast(INTS);

    private static final VectorShuffle<Integer> UPPER_PLACES = UPPER.cast(INTS);

    private static final IntVector SECOND = Lanes.NUMBERS.add(COUNT);

    private PoolOfFourGradient() {}

    /** Returns whether rows are long enough to be worth vectors. */
    static boolean isWorthwhile(Window window) {
        return 4 * window.cols().out() > COUNT;
    }

    /** Computes an image. */
    static void image(Window window, int[] indices, Matrix dy, Matrix dx, int image) {
        int height = window.rows().out();
        int together = PoolOfFour.together(window, dx.cols() / window.inputs());
        for (int at = 0, q = 0; at < dx.cols(); at += together * window.inputs()) {
            int end = at + together * window.inputs();
            rows(window, indices, dy, dx, image, at, end, q, together * height);
            q += together * window.outputs();
        }
    }

    /** Computes what some rows of outputs, from q on, have seen: [at, end) of the image. */
    private static void rows(
            Window window,
            int[] indices,
            Matrix dy,
            Matrix dx,
            int image,
            int at,
            int end,
            int q,
            int height) {
        int size = window.cols().size();
        int width = window.cols().out();
        int last = (width - 1) / COUNT * COUNT;
        int start = dx.offset() + image * dx.ld();
        int from = dy.offset() + image * dy.ld() + q;
        int indicesFrom = image * dy.cols() + q;
        int room = Math.min(dy.data().length - from, indices.length - indicesFrom) - last - COUNT;
        int readable = PoolOfFour.within(room, width, height);
        int written = size + 2 * (last + COUNT);
        int writable = PoolOfFour.within(dx.cols() - at - written, 2 * size, height);
        int whole = Math.min(readable, writable);
        for (int ox = last; ox >= 0; ox -= COUNT) {
            int to = at + 2 * ox;
            down(
                    whole,
                    width,
                    indices,
                    indicesFrom + ox,
                    dy.data(),
                    from + ox,
                    dx.data(),
                    start,
                    to,
                    size);
        }
        clear(window, dx.data(), start + at, start + end, whole);
        for (int j = whole * width; j < height * width; j++) {
            int place = indices[indicesFrom + j];
            if (place >= 0) {
                dx.data()[start + place] += dy.data()[from + j];
            }
        }
    }

    /** Clears what no window sees, and all from an output row on. */
    private static void clear(Window window, float[] dx, int at, int end, int whole) {
        int size = window.cols().size();
        int seen = 2 * window.cols().out();
        for (int row = 0; seen < size && row < 2 * whole; row++) {
            Arrays.fill(dx, at + row * size + seen, at + (row + 1) * size, 0f);
        }
        Arrays.fill(dx, at + 2 * whole * size, end, 0f);
    }

    /**
     * Computes what the first COUNT outputs of each of some rows, {@code width} apart, have seen.
     * The first window is at place {@code at} of the image, which begins at {@code start}.
     */
    private static void down(
            int rows,
            int width,
            int[] indices,
            int indicesFrom,
            float[] dy,
            int from,
            float[] dx,
            int start,
            int at,
            int size) {
        FloatVector zero = ZERO.broadcast(0f);
        for (int row = 0; row < rows; row++) {
            // As in a sum that begins with 0, where -0 becomes 0.
            FloatVector gradient =
                    FLOAT_VECTOR.cast(FloatVector.fromArray(FLOATS, dy, from)).add(zero);
            IntVector place =
                    INT_VECTOR.cast(IntVector.fromArray(INTS, indices, indicesFrom)).sub(at);
            FloatVector left = gradient.rearrange(EverySecond.TWICE);
            FloatVector right = gradient.rearrange(UPPER);
            IntVector leftPlace = place.rearrange(LOWER_PLACES);
            IntVector rightPlace = place.rearrange(UPPER_PLACES);
            int to = start + at;
            zero.blend(left, leftPlace.compare(EQ, Lanes.NUMBERS).cast(FLOATS)).intoArray(dx, to);
            zero.blend(right, rightPlace.compare(EQ, SECOND).cast(FLOATS))
                    .intoArray(dx, to + COUNT);
            leftPlace = leftPlace.sub(size);
            rightPlace = rightPlace.sub(size);
            zero.blend(left, leftPlace.compare(EQ, Lanes.NUMBERS).cast(FLOATS))
                    .intoArray(dx, to + size);
            zero.blend(right, rightPlace.compare(EQ, SECOND).cast(FLOATS))
                    .intoArray(dx, to + size + COUNT);
            indicesFrom += width;
            from += width;
            at += 2 * size;
        }
    }
}
