package io.github.lanewise.engine.internal.simd;

import static jdk.incubator.vector.VectorOperators.ULT;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of an image from that of its patches: each element adds up what the taps that saw it
 * send back, in the order of the taps. For windows whose columns have stride 1.
 *
 * <p>Element (iy, ix) hears from tap (ky, kx) at output (iy + padding - ky, ix + padding - kx), if
 * there is one.
 */
final class PatchGradient {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Rows of patches begin here, so that a vector may begin before the first. */
    static final int START = 2 * L;

    private static final int FOUR = 4;

    private final float[] last = new float[L];

    /**
     * Computes the rows of one channel.
     *
     * @param patches a row of outputs for each tap, from {@code at} on
     * @param dx the channel begins at {@code to}; nothing is written from {@code end} on
     */
    void channel(Window window, float[] patches, int at, float[] dx, int to, int end) {
        int height = window.rows().size();
        int width = window.cols().size();
        int iy = 0;
        for (; iy + FOUR <= height && to + (iy + FOUR) * width + L <= end; iy += FOUR) {
            // The surplus of a row's last vector lies in the next row: that one's first comes
            // later.
            for (int x = (width - 1) / L * L; x >= 0; x -= L) {
                sumFour(window, patches, at, iy, x, dx, to + iy * width + x);
            }
        }
        for (; iy < height; iy++) {
            for (int x = 0; x < width; x += L) {
                int place = to + iy * width + x;
                if (place + L <= end) {
                    sum(window, patches, at, iy, x, dx, place);
                } else {
                    sum(window, patches, at, iy, x, last, 0);
                    System.arraycopy(last, 0, dx, place, Math.min(width - x, end - place));
                }
            }
        }
    }

    /** Four rows, of which those without an output for a tap hear nothing but take part. */
    private static void sumFour(
            Window window, float[] patches, int at, int iy, int x, float[] dx, int place) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int outputs = window.outputs();
        int width = cols.out();
        int kernel = cols.kernel();
        int apart = cols.dilation();
        FloatVector sum0 = FloatVector.zero(S);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int ky = 0; ky < rows.kernel(); ky++) {
            int oy0 = output(rows, iy, ky);
            int oy1 = output(rows, iy + 1, ky);
            int oy2 = output(rows, iy + 2, ky);
            int oy3 = output(rows, iy + 3, ky);
            IntVector width0 = IntVector.broadcast(Lanes.INTS, oy0 < 0 ? 0 : width);
            IntVector width1 = IntVector.broadcast(Lanes.INTS, oy1 < 0 ? 0 : width);
            IntVector width2 = IntVector.broadcast(Lanes.INTS, oy2 < 0 ? 0 : width);
            IntVector width3 = IntVector.broadcast(Lanes.INTS, oy3 < 0 ? 0 : width);
            int row = at + ky * cols.kernel() * outputs;
            int row0 = row + Math.max(0, oy0) * width;
            int row1 = row + Math.max(0, oy1) * width;
            int row2 = row + Math.max(0, oy2) * width;
            int row3 = row + Math.max(0, oy3) * width;
            int ox = x + cols.padding();
            for (int kx = 0; kx < kernel; kx++, ox -= apart) {
                if (ox <= -L || ox >= width) {
                    continue;
                }
                int tap = kx * outputs + ox;
                IntVector lane = Lanes.NUMBERS.add(ox);
                sum0 =
                        sum0.add(
                                FloatVector.fromArray(S, patches, row0 + tap),
                                lane.compare(ULT, width0).cast(S));
                sum1 =
                        sum1.add(
                                FloatVector.fromArray(S, patches, row1 + tap),
                                lane.compare(ULT, width1).cast(S));
                sum2 =
                        sum2.add(
                                FloatVector.fromArray(S, patches, row2 + tap),
                                lane.compare(ULT, width2).cast(S));
                sum3 =
                        sum3.add(
                                FloatVector.fromArray(S, patches, row3 + tap),
                                lane.compare(ULT, width3).cast(S));
            }
        }
        int pitch = cols.size();
        sum0.intoArray(dx, place);
        sum1.intoArray(dx, place + pitch);
        sum2.intoArray(dx, place + 2 * pitch);
        sum3.intoArray(dx, place + 3 * pitch);
    }

    /** Returns the row of outputs that a row of inputs hears from at a tap; -1 if there is none. */
    private static int output(Axis rows, int iy, int ky) {
        int down = iy + rows.padding() - ky * rows.dilation();
        int oy = down / rows.stride();
        return down < 0 || oy >= rows.out() || oy * rows.stride() != down ? -1 : oy;
    }

    private static void sum(
            Window window, float[] patches, int at, int iy, int x, float[] dx, int place) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int outputs = window.outputs();
        int width = cols.out();
        FloatVector sum = FloatVector.zero(S);
        for (int ky = 0; ky < rows.kernel(); ky++) {
            int oy = output(rows, iy, ky);
            if (oy < 0) {
                continue;
            }
            int row = at + ky * cols.kernel() * outputs + oy * width;
            for (int kx = 0; kx < cols.kernel(); kx++, row += outputs) {
                int ox = x + cols.padding() - kx * cols.dilation();
                if (ox <= -L || ox >= width) {
                    continue;
                }
                IntVector lane = Lanes.NUMBERS.add(ox);
                sum =
                        sum.add(
                                FloatVector.fromArray(S, patches, row + ox),
                                lane.compare(ULT, width).cast(S));
            }
        }
        sum.intoArray(dx, place);
    }
}
