package io.github.lanewise.engine.internal.simd;

import static jdk.incubator.vector.VectorOperators.ULT;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of an image from that of its patches: each element adds up what the taps that saw it
 * send back, in the order of the taps.
 *
 * <p>Element (iy, ix) hears from tap (ky, kx) at output ((iy + padding - ky) / stride, (ix +
 * padding - kx) / stride), if there is one. With a stride of s, a vector holds every s-th element
 * of a row: those whose columns have the same remainder modulo s, which hear from the same taps.
 */
final class PatchGradient {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Rows of patches begin here, so that a vector may begin before the first. */
    static final int START = 2 * L;

    private static final int FOUR = 4;

    private final float[] last = new float[L];

    /** Four rows of a remainder, and then of the next. */
    private float[] sorted = new float[0];

    private Window window;
    private int firstTap;
    private int tapStep;
    private int firstOutput;
    private int outputStep;

    /**
     * Computes the rows of one channel.
     *
     * @param patches a row of outputs for each tap, from {@code at} on
     * @param dx the channel begins at {@code to}; nothing is written from {@code end} on
     */
    void channel(Window window, float[] patches, int at, float[] dx, int to, int end) {
        this.window = window;
        if (window.cols().stride() > 1) {
            sortedRows(patches, at, dx, to, end);
            return;
        }
        take(0);
        int height = window.rows().size();
        int width = window.cols().size();
        int iy = 0;
        for (; iy + FOUR <= height && to + (iy + FOUR) * width + L <= end; iy += FOUR) {
            // The surplus of a row's last vector lies in the next row: that one's first comes
            // later.
            for (int x = (width - 1) / L * L; x >= 0; x -= L) {
                sumFour(patches, at, iy, x, dx, to + iy * width + x, width);
            }
        }
        for (; iy < height; iy++) {
            for (int x = 0; x < width; x += L) {
                int place = to + iy * width + x;
                if (place + L <= end) {
                    sum(patches, at, iy, x, dx, place);
                } else {
                    sum(patches, at, iy, x, last, 0);
                    System.arraycopy(last, 0, dx, place, Math.min(width - x, end - place));
                }
            }
        }
    }

    /** Turns to the elements of a remainder, and to the taps that they hear from. */
    private void take(int remainder) {
        Axis cols = window.cols();
        int stride = cols.stride();
        firstTap = 0;
        while (firstTap < cols.kernel() && firstTap * cols.dilation() % stride != remainder) {
            firstTap++;
        }
        tapStep = 1;
        while (tapStep * cols.dilation() % stride != 0) {
            tapStep++;
        }
        firstOutput =
                (PaddedImage.first(cols, remainder) + cols.padding()) / stride
                        - firstTap * cols.dilation() / stride;
        outputStep = tapStep * cols.dilation() / stride;
    }

    private void sortedRows(float[] patches, int at, float[] dx, int to, int end) {
        int height = window.rows().size();
        int width = window.cols().size();
        int stride = window.cols().stride();
        int pitch = Math.ceilDiv(Math.ceilDiv(width, stride), L) * L;
        int size = stride * FOUR * pitch + L;
        if (sorted.length < size) {
            sorted = new float[size];
        }
        for (int iy = 0; iy < height; iy += FOUR) {
            for (int remainder = 0; remainder < stride; remainder++) {
                take(remainder);
                int first = PaddedImage.first(window.cols(), remainder);
                for (int x = 0; first + x * stride < width; x += L) {
                    int place = first * FOUR * pitch + x;
                    sumFour(patches, at, iy, x, sorted, place, pitch);
                }
            }
            for (int row = 0; row < Math.min(FOUR, height - iy); row++) {
                store(row * pitch, FOUR * pitch, dx, to + (iy + row) * width, end);
            }
        }
    }

    /** Writes a row: first elements 0, s, 2 s, ... that lie at {@code from}, then the others. */
    private void store(int from, int apart, float[] dx, int to, int end) {
        int width = window.cols().size();
        int stride = window.cols().stride();
        if (stride == 2 && to + width + L <= end) {
            for (int x = 0; x < width; x += L) {
                FloatVector even = FloatVector.fromArray(S, sorted, from + x / 2);
                FloatVector odd = FloatVector.fromArray(S, sorted, from + apart + x / 2);
                even.rearrange(EverySecond.TWICE)
                        .blend(odd.rearrange(EverySecond.TWICE), EverySecond.ODD_LANES)
                        .intoArray(dx, to + x);
            }
            return;
        }
        for (int first = 0; first < Math.min(stride, width); first++) {
            int place = from + first * apart;
            for (int x = first; x < width; x += stride) {
                dx[to + x] = sorted[place++];
            }
        }
    }

    /** Four rows, of which those without an output for a tap hear nothing but take part. */
    private void sumFour(float[] patches, int at, int iy, int x, float[] dx, int place, int pitch) {
        Axis rows = window.rows();
        int outputs = window.outputs();
        int width = window.cols().out();
        int kernel = window.cols().kernel();
        int step = tapStep;
        int apart = outputStep;
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
            int row = at + ky * kernel * outputs;
            int row0 = row + Math.max(0, oy0) * width;
            int row1 = row + Math.max(0, oy1) * width;
            int row2 = row + Math.max(0, oy2) * width;
            int row3 = row + Math.max(0, oy3) * width;
            int ox = x + firstOutput;
            for (int kx = firstTap; kx < kernel; kx += step, ox -= apart) {
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

    private void sum(float[] patches, int at, int iy, int x, float[] dx, int place) {
        Axis rows = window.rows();
        int outputs = window.outputs();
        int width = window.cols().out();
        int kernel = window.cols().kernel();
        FloatVector sum = FloatVector.zero(S);
        for (int ky = 0; ky < rows.kernel(); ky++) {
            int oy = output(rows, iy, ky);
            if (oy < 0) {
                continue;
            }
            int row = at + ky * kernel * outputs + oy * width;
            int ox = x + firstOutput;
            for (int kx = firstTap; kx < kernel; kx += tapStep, ox -= outputStep) {
                if (ox <= -L || ox >= width) {
                    continue;
                }
                IntVector lane = Lanes.NUMBERS.add(ox);
                sum =
                        sum.add(
                                FloatVector.fromArray(S, patches, row + kx * outputs + ox),
                                lane.compare(ULT, width).cast(S));
            }
        }
        sum.intoArray(dx, place);
    }
}
