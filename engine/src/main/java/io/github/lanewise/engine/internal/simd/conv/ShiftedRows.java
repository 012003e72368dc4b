package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rows of an image, once for each column of a kernel and shifted by it, as long as a row of
 * outputs: what a tap sees of all outputs, row after row, lies side by side.
 *
 * <pre>
 *   kernel column 0      image   a b c d e        a b c
 *                                f g h i j        f g h
 *   kernel column 1                               b c d        tap (1, 1) sees g h i, ...
 *                                                 g h i
 * </pre>
 *
 * <p>That is a copy for each column in place of one for each tap. It needs windows that go down row
 * by row.
 */
final class ShiftedRows {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** More would not stay in the L2 cache beside weights and outputs. */
    private static final int MOST = 64 * 1024;

    private final PaddedImage image;
    private final int channels;
    private final int shifts;
    private final int kernelRows;
    private final int rows;
    private final int width;
    private final int[] places;
    private final float[] data;

    /** Makes room for the rows of an image of so many channels under this window. */
    ShiftedRows(PaddedImage image, Window window, int channels) {
        this.image = image;
        this.channels = channels;
        shifts = window.cols().kernel();
        kernelRows = window.rows().kernel();
        rows = window.rows().extent();
        width = window.cols().out();
        places = new int[channels * window.taps()];
        for (int p = 0; p < places.length; p++) {
            int channel = p / window.taps();
            int row = p / shifts % kernelRows * window.rows().dilation();
            places[p] = ((p % shifts * channels + channel) * rows + row) * width;
        }
        data = new float[shifts * channels * rows * width + 2 * L];
    }

    /** Returns whether they pay for so many channels under this window. */
    static boolean suit(Window window, int channels) {
        long size = (long) window.cols().kernel() * channels * window.rows().extent();
        return window.rows().stride() == 1 && size * window.cols().out() <= MOST;
    }

    float[] data() {
        return data;
    }

    /** Returns where each tap finds what output 0 sees of it; the next outputs follow. */
    int[] places() {
        return places;
    }

    /** Copies the rows of the image that is loaded. */
    void load() {
        int to = 0;
        for (int shift = 0; shift < shifts; shift++) {
            for (int c = 0; c < channels; c++) {
                int from = image.start() + image.taps()[c * kernelRows * shifts + shift];
                copyRows(image.data(), from, image.rowStep(), to);
                to += rows * width;
            }
        }
    }

    /** Copies in whole vectors: what they have too much, the next row overwrites. */
    private void copyRows(float[] from, int at, int step, int to) {
        if (width <= L) {
            copyNarrowRows(from, at, step, data, to, width, rows);
            return;
        }
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < width; x += L) {
                FLOAT_VECTOR
                        .cast(FloatVector.fromArray(S, from, at + row * step + x))
                        .intoArray(data, to + row * width + x);
            }
        }
    }

    private static void copyNarrowRows(
            float[] x, int at, int step, float[] data, int to, int width, int rows) {
        for (int row = 0; row < rows; row++) {
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, at + row * step))
                    .intoArray(data, to + row * width);
        }
    }
}
