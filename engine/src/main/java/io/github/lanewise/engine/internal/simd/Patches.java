package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the taps of a window see: a matrix with a row for each tap and a column for each output
 * position of some rows of outputs. Convolution is a product with it.
 */
final class Patches {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private float[] data = new float[0];

    float[] data() {
        return data;
    }

    /** Makes room for so many elements, and a vector beyond. */
    void reserve(int size) {
        if (data.length < size + L) {
            data = new float[size + L];
        }
    }

    /** Fills in taps [fromTap, toTap) for rows [from, to) of the outputs. */
    void gather(PaddedImage image, Window window, int fromTap, int toTap, int from, int to) {
        Axis cols = window.cols();
        int width = cols.out();
        int height = to - from;
        int step = image.rowStep();
        reserve((toTap - fromTap) * width * height);
        int at = 0;
        for (int p = fromTap; p < toTap; p++) {
            int kx = p % cols.kernel();
            int ky = p / cols.kernel() % window.rows().kernel();
            int tap = image.tap(p / window.taps(), ky, kx);
            copy(image.data(), tap + from * step, step, data, at, width, height);
            at += width * height;
        }
    }

    /** Copies rows in whole vectors: what runs over is overwritten by the next row. */
    private static void copy(
            float[] from, int fromAt, int step, float[] to, int toAt, int width, int height) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x += L) {
                FloatVector.fromArray(S, from, fromAt + x).intoArray(to, toAt + x);
            }
            fromAt += step;
            toAt += width;
        }
    }

    /** Adds the rows of taps of whole channels, from the first on, back to what they saw. */
    void scatter(PaddedImage image, Window window, int channels) {
        Axis cols = window.cols();
        Axis rows = window.rows();
        int at = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < rows.kernel(); ky++) {
                for (int kx = 0; kx < cols.kernel(); kx++) {
                    int tap = image.tap(c, ky, kx);
                    add(data, at, image.data(), tap, image.rowStep(), cols.out(), rows.out());
                    at += window.outputs();
                }
            }
        }
    }

    /**
     * Adds rows in whole vectors. The lanes that run over add 0, which changes no bit: a sum that
     * began with 0 is never -0.
     */
    private static void add(
            float[] from, int fromAt, float[] to, int toAt, int step, int width, int height) {
        int whole = S.loopBound(width);
        VectorMask<Float> over =
                FloatVector.zero(S).addIndex(1).compare(VectorOperators.GE, width - whole);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < whole; x += L) {
                FloatVector.fromArray(S, to, toAt + x)
                        .add(FloatVector.fromArray(S, from, fromAt + x))
                        .intoArray(to, toAt + x);
            }
            if (whole < width) {
                FloatVector last = FloatVector.fromArray(S, from, fromAt + whole).blend(0f, over);
                FloatVector.fromArray(S, to, toAt + whole).add(last).intoArray(to, toAt + whole);
            }
            fromAt += width;
            toAt += step;
        }
    }
}
