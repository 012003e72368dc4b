package io.github.lanewise.engine.internal.simd;

import static jdk.incubator.vector.VectorOperators.GE;

import io.github.lanewise.engine.Window;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * A micropanel whose rows are output positions: what some taps, NR at most, see of each.
 *
 * <p>Taps that see neighbours are a <i>piece</i>. A vector of a row is put together from its
 * pieces: each is loaded such that its lanes are in place, and blended over those before it. Lanes
 * past the last tap hold anything.
 */
final class PatchRows {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int NR = MicroKernel.NR;

    /**
     * Where the pieces of a vector would have its lane 0, from a position, and where they begin.
     */
    private final int[] from = new int[L];

    private final int[] lane = new int[L];
    private int pieces;
    private int[] positions = new int[0];
    private float[] data = new float[0];

    float[] data() {
        return data;
    }

    /** Notes where each output position finds its patch. */
    void place(PaddedImage image, Window window) {
        int n = window.outputs();
        if (positions.length < n) {
            positions = new int[n];
        }
        int width = window.cols().out();
        for (int q = 0; q < n; q++) {
            positions[q] = q / width * image.rowStep() + q % width;
        }
    }

    /** Gathers what taps [tap, tap + width) see of k output positions from q on. */
    void gather(PaddedImage image, int tap, int width, int q, int k) {
        if (data.length < k * NR) {
            data = new float[k * NR];
        }
        for (int half = 0; half < width; half += L) {
            divide(image, tap + half, Math.min(L, width - half));
            if (pieces <= 2) {
                two(q, k, image.data(), half);
            } else {
                four(q, k, image.data(), half);
            }
            for (int piece = 4; piece < pieces; piece++) {
                one(q, k, image.data(), piece, half);
            }
        }
    }

    /** Divides taps [tap, tap + width) into pieces. */
    private void divide(PaddedImage image, int tap, int width) {
        int[] taps = image.taps();
        pieces = 0;
        for (int p = 0; p < width; p++) {
            if (p == 0 || taps[tap + p] != taps[tap + p - 1] + 1) {
                from[pieces] = image.start() + taps[tap + p] - p;
                lane[pieces++] = p;
            }
        }
    }

    /** Writes vectors of one or two pieces. */
    private void two(int q, int k, float[] x, int to) {
        int from0 = from[0];
        int from1 = from[pieces - 1];
        VectorMask<Float> second = Lanes.NUMBERS.compare(GE, lane[pieces - 1]).cast(S);
        int[] places = positions;
        float[] panel = data;
        for (int p = 0; p < k; p++) {
            int at = places[q + p];
            FloatVector.fromArray(S, x, from0 + at)
                    .blend(FloatVector.fromArray(S, x, from1 + at), second)
                    .intoArray(panel, to + p * NR);
        }
    }

    /** Writes vectors of three or four pieces, or the first four of more. */
    private void four(int q, int k, float[] x, int to) {
        int last = Math.min(3, pieces - 1);
        int from0 = from[0];
        int from1 = from[1];
        int from2 = from[2];
        int from3 = from[last];
        VectorMask<Float> second = Lanes.NUMBERS.compare(GE, lane[1]).cast(S);
        VectorMask<Float> third = Lanes.NUMBERS.compare(GE, lane[2]).cast(S);
        VectorMask<Float> fourth = Lanes.NUMBERS.compare(GE, lane[last]).cast(S);
        int[] places = positions;
        float[] panel = data;
        for (int p = 0; p < k; p++) {
            int at = places[q + p];
            FloatVector.fromArray(S, x, from0 + at)
                    .blend(FloatVector.fromArray(S, x, from1 + at), second)
                    .blend(FloatVector.fromArray(S, x, from2 + at), third)
                    .blend(FloatVector.fromArray(S, x, from3 + at), fourth)
                    .intoArray(panel, to + p * NR);
        }
    }

    /** Blends one more piece over vectors that were written. */
    private void one(int q, int k, float[] x, int piece, int to) {
        int start = from[piece];
        VectorMask<Float> replaced = Lanes.NUMBERS.compare(GE, lane[piece]).cast(S);
        int[] places = positions;
        float[] panel = data;
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(S, panel, to + p * NR)
                    .blend(FloatVector.fromArray(S, x, start + places[q + p]), replaced)
                    .intoArray(panel, to + p * NR);
        }
    }
}
