package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of an image from that of its patches: each element adds up what the taps that saw it
 * send back, in the order of the taps. For windows whose columns have stride 1.
 *
 * <p>Element (iy, ix) hears from tap (ky, kx) at output (iy + padding - ky, ix + padding - kx), if
 * there is one. Lanes for which there is none add 0, which changes no bit: a sum that began with 0
 * is never -0.
 */
final class PatchGradient {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final IntVector IOTA = IntVector.zero(Lanes.INTS).addIndex(1);

    /** Rows of patches begin here, so that a vector may begin before the first. */
    static final int START = 2 * L;

    private final float[] last = new float[L];

    /**
     * Computes the rows of one channel.
     *
     * @param patches a row of outputs for each tap, from {@code at} on
     * @param dx the channel begins at {@code to}; nothing is written from {@code end} on
     */
    void channel(Window window, float[] patches, int at, float[] dx, int to, int end) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        for (int iy = 0; iy < rows.size(); iy++) {
            for (int x = 0; x < cols.size(); x += L) {
                int place = to + iy * cols.size() + x;
                if (place + L <= end) {
                    sum(window, patches, at, iy, x, dx, place);
                } else {
                    sum(window, patches, at, iy, x, last, 0);
                    System.arraycopy(last, 0, dx, place, Math.min(cols.size() - x, end - place));
                }
            }
        }
    }

    private static void sum(
            Window window, float[] patches, int at, int iy, int x, float[] dx, int place) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int outputs = window.outputs();
        int width = cols.out();
        FloatVector sum = FloatVector.zero(S);
        for (int ky = 0; ky < rows.kernel(); ky++) {
            int down = iy + rows.padding() - ky * rows.dilation();
            int oy = down / rows.stride();
            if (down < 0 || oy >= rows.out() || oy * rows.stride() != down) {
                continue;
            }
            int row = at + ky * cols.kernel() * outputs + oy * width;
            for (int kx = 0; kx < cols.kernel(); kx++, row += outputs) {
                int ox = x + cols.padding() - kx * cols.dilation();
                if (ox <= -L || ox >= width) {
                    continue;
                }
                FloatVector heard = FloatVector.fromArray(S, patches, row + ox);
                sum =
                        sum.add(
                                FloatVector.zero(S)
                                        .blend(
                                                heard,
                                                IOTA.add(ox)
                                                        .compare(
                                                                VectorOperators.ULT,
                                                                IntVector.broadcast(
                                                                        Lanes.INTS, width))
                                                        .cast(S)));
            }
        }
        sum.intoArray(dx, place);
    }
}
