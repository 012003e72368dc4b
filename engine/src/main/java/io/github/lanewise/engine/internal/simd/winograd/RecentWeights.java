package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradPoints;

import java.util.Arrays;

/**
 * Weights of the last few convolutions at the points: for a single image, bringing them there takes
 * as long as all that follows, and a model that answers has the same weights each time. They are
 * recognized by their numbers, so it does not matter who changed them, or when.
 */
final class RecentWeights {

    /** Numbers at the points from which on they are no nearer than the weights. */
    private static final int MOST = 1 << 16;

    private final Entry[] entries = {new Entry(), new Entry(), new Entry(), new Entry()};
    private int oldest;

    /** A group's weights, and the same at the points. */
    private static final class Entry {

        final PointValues values = new PointValues();
        private Convolution shape;
        private float[] numbers = new float[0];

        boolean holds(Convolution shape, int group, Matrix weight) {
            if (!shape.equals(this.shape)) {
                return false;
            }
            int depth = shape.depth();
            for (int o = 0; o < shape.groupOut(); o++) {
                int at = weight.offset() + (group * shape.groupOut() + o) * weight.ld();
                int from = o * depth;
                if (!Arrays.equals(weight.data(), at, at + depth, numbers, from, from + depth)) {
                    return false;
                }
            }
            return true;
        }

        void take(Convolution shape, int group, Matrix weight, WinogradWeights weights) {
            this.shape = shape;
            int depth = shape.depth();
            int out = shape.groupOut();
            if (numbers.length < out * depth) {
                numbers = new float[out * depth];
            }
            for (int o = 0; o < out; o++) {
                int at = weight.offset() + (group * out + o) * weight.ld();
                System.arraycopy(weight.data(), at, numbers, o * depth, depth);
            }
            weights.byInputs(weight, group * out, shape.groupIn(), out, values);
        }
    }

    /** Returns whether a group's weights may be kept. */
    static boolean suit(Convolution shape) {
        WinogradPoints points = Winograd.points(shape);
        return points.pairs() * shape.groupIn() * shape.groupOut() <= MOST;
    }

    /** Returns a group's weights at the points: a row for each input channel. */
    PointValues byInputs(Convolution shape, int group, Matrix weight, WinogradWeights weights) {
        for (Entry entry : entries) {
            if (entry.holds(shape, group, weight)) {
                return entry.values;
            }
        }
        Entry entry = entries[oldest];
        oldest = (oldest + 1) % entries.length;
        entry.take(shape, group, weight, weights);
        return entry.values;
    }
}
