package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A micropanel of patches: what the taps of a window see, gathered right before it is multiplied.
 *
 * <p>A row of the panel is put together from <i>pieces</i>, stretches that lie side by side in the
 * image. Each is copied in whole vectors, in order: what a vector has too much is overwritten by
 * the next piece or the next row.
 */
final class PatchPanel {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int NR = MicroKernel.NR;

    /** Where the pieces of a row begin, from the row's place in the image and in the panel. */
    private final int[] from = new int[NR];

    private final int[] to = new int[NR];
    private int pieces;
    private float[] data = new float[0];

    float[] data() {
        return data;
    }

    /** Makes room for so many rows. */
    void reserve(int rows) {
        if (data.length < rows * NR + 2 * L) {
            data = new float[rows * NR + 2 * L];
        }
    }

    /** A row for each of kc taps from tap p on, of nr output positions from q on. */
    void ofPositions(PaddedImage image, Window window, int p, int kc, int q, int nr) {
        int width = window.cols().out();
        pieces = 0;
        for (int lane = 0; lane < nr; ) {
            int x = (q + lane) % width;
            int length = Math.min(width - x, nr - lane);
            addPiece((q + lane) / width * image.rowStep() + x, lane, length);
            lane += length;
        }
        if (pieces <= 4) {
            copyFour(image, p, kc);
        } else {
            for (int row = 0; row < kc; row++) {
                copyRow(image.data(), image.start() + image.taps()[p + row], row * NR);
            }
        }
    }

    private void addPiece(int at, int lane, int length) {
        for (int x = 0; x < length; x += L) {
            from[pieces] = at + x;
            to[pieces++] = lane + x;
        }
    }

    private void copyRow(float[] image, int at, int row) {
        for (int piece = 0; piece < pieces; piece++) {
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, image, at + from[piece]))
                    .intoArray(data, row + to[piece]);
        }
    }

    /** Copies rows of at most four pieces; the last one again for those that are missing. */
    private void copyFour(PaddedImage image, int p, int kc) {
        float[] x = image.data();
        int[] taps = image.taps();
        int last = pieces - 1;
        int start = image.start();
        int from0 = start + from[0];
        int from1 = start + from[Math.min(1, last)];
        int from2 = start + from[Math.min(2, last)];
        int from3 = start + from[last];
        int to0 = to[0];
        int to1 = to[Math.min(1, last)];
        int to2 = to[Math.min(2, last)];
        int to3 = to[last];
        float[] panel = data;
        for (int row = 0; row < kc; row++) {
            int tap = taps[p + row];
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, tap + from0))
                    .intoArray(panel, row * NR + to0);
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, tap + from1))
                    .intoArray(panel, row * NR + to1);
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, tap + from2))
                    .intoArray(panel, row * NR + to2);
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, tap + from3))
                    .intoArray(panel, row * NR + to3);
        }
    }
}
