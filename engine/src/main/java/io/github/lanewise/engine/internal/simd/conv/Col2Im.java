package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.VectorOperators.ULT;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.support.EverySecond;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of an image from that of its patches (col2im): each element adds up what the taps
 * that saw it send back, in the order of the taps.
 *
 * <p>Element (iy, ix) receives from tap (ky, kx) at output ((iy + padding - ky) / stride, (ix +
 * padding - kx) / stride), if there is one. With a stride of s, a vector holds every s-th element
 * of a row: those whose columns have the same remainder modulo s, which receive from the same taps.
 */
final class Col2Im {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Rows of patches begin here, so that a vector may begin before the first. */
    static final int START = 2 * L;

    private static final int FOUR = 4;

    private final float[] last = new float[L];

    /** Four rows of a remainder, and then of the next. */
    private float[] sorted = new float[0];

    private Window window;

    /**
     * Where the row of outputs begins that row iy of inputs receives from at tap row ky, or -1:
     * element {@code ky * inputRows + iy}.
     */
    private int[] outputRows = new int[0];

    private int inputRows;

    /**
     * For each remainder its first element, and the first tap that it receives from, and its
     * output.
     */
    private int[] firsts = new int[0];

    private int[] firstTaps = new int[0];
    private int[] firstOutputs = new int[0];
    private int tapStep;
    private int outputStep;

    /**
     * Computes the rows of one channel.
     *
     * @param patches a row of outputs for each tap, from {@code at} on
     * @param dx the channel begins at {@code to}; nothing is written from {@code end} on
     */
    void channel(Window window, float[] patches, int at, float[] dx, int to, int end) {
        if (window != this.window) {
            of(window);
        }
        if (window.cols().stride() > 1) {
            sortedRows(patches, at, dx, to, end);
            return;
        }
        int height = window.rows().size();
        int width = window.cols().size();
        int iy = 0;
        for (; iy + FOUR <= height && to + (iy + FOUR) * width + L <= end; iy += FOUR) {
            // The surplus of a row's last vector lies in the next row: that one's first comes
            // later.
            for (int x = (width - 1) / L * L; x >= 0; x -= L) {
                sumFour(patches, at, iy, 1, 0, x, dx, to + iy * width + x, width);
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

    private void of(Window window) {
        this.window = window;
        Axis rows = window.rows();
        inputRows = rows.size() + FOUR * rows.stride();
        int size = rows.kernel() * inputRows;
        outputRows = atLeast(outputRows, size);
        for (int i = 0; i < size; i++) {
            int oy = output(rows, i % inputRows, i / inputRows);
            outputRows[i] = oy < 0 ? -1 : oy * window.cols().out();
        }
        Axis cols = window.cols();
        tapStep = 1;
        while (tapStep * cols.dilation() % cols.stride() != 0) {
            tapStep++;
        }
        outputStep = tapStep * cols.dilation() / cols.stride();
        firsts = atLeast(firsts, cols.stride());
        firstTaps = atLeast(firstTaps, cols.stride());
        firstOutputs = atLeast(firstOutputs, cols.stride());
        for (int remainder = 0; remainder < cols.stride(); remainder++) {
            ofRemainder(cols, remainder);
        }
    }

    private static int[] atLeast(int[] array, int length) {
        return array.length < length ? new int[length] : array;
    }

    private void ofRemainder(Axis cols, int remainder) {
        int stride = cols.stride();
        int tap = 0;
        while (tap < cols.kernel() && tap * cols.dilation() % stride != remainder) {
            tap++;
        }
        int first = PaddedImage.first(cols, remainder);
        firsts[remainder] = first;
        firstTaps[remainder] = tap;
        firstOutputs[remainder] =
                (first + cols.padding()) / stride - tap * cols.dilation() / stride;
    }

    /** Four rows at a time that receive from the same tap rows, then what lies between them. */
    private void sortedRows(float[] patches, int at, float[] dx, int to, int end) {
        int height = window.rows().size();
        int down = window.rows().stride();
        int width = window.cols().size();
        int stride = window.cols().stride();
        int pitch = Math.ceilDiv(Math.ceilDiv(width, stride), L) * L;
        int apart = FOUR * pitch;
        if (sorted.length < down * stride * apart + L) {
            sorted = new float[down * stride * apart + L];
        }
        for (int iy = 0; iy < height; iy += FOUR * down) {
            for (int remainder = 0; remainder < stride; remainder++) {
                int first = firsts[remainder];
                for (int x = 0; first + x * stride < width; x += L) {
                    for (int row = 0; row < Math.min(down, height - iy); row++) {
                        int place = (row * stride + first) * apart + x;
                        sumFour(patches, at, iy + row, down, remainder, x, sorted, place, pitch);
                    }
                }
            }
            // The surplus of a row lies in the next, which comes later.
            for (int row = 0; row < Math.min(FOUR * down, height - iy); row++) {
                int from = row % down * stride * apart + row / down * pitch;
                store(from, apart, dx, to + (iy + row) * width, end);
            }
        }
    }

    /** Writes a row: first elements 0, s, 2 s, ... that lie at {@code from}, then the others. */
    private void store(int from, int apart, float[] dx, int to, int end) {
        int width = window.cols().size();
        int stride = window.cols().stride();
        if (stride == 2 && to + width + L <= end) {
            for (int x = 0; x < width; x += L) {
                FloatVector even =
                        FLOAT_VECTOR.cast(FloatVector.fromArray(S, sorted, from + x / 2));
                FloatVector odd =
                        FLOAT_VECTOR.cast(FloatVector.fromArray(S, sorted, from + apart + x / 2));
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

    /**
     * Four rows that are {@code down} apart, of which those without an output for a tap receive
     * nothing but take part.
     */
    private void sumFour(
            float[] patches,
            int at,
            int iy,
            int down,
            int remainder,
            int x,
            float[] dx,
            int place,
            int pitch) {
        int outputs = window.outputs();
        int width = window.cols().out();
        int kernel = window.cols().kernel();
        int firstTap = firstTaps[remainder];
        int firstOutput = firstOutputs[remainder];
        int step = tapStep;
        int apart = outputStep;
        FloatVector sum0 = FloatVector.zero(S);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int ky = 0; ky < window.rows().kernel(); ky++) {
            int input = ky * inputRows + iy;
            int out0 = outputRows[input];
            int out1 = outputRows[input + down];
            int out2 = outputRows[input + 2 * down];
            int out3 = outputRows[input + 3 * down];
            if ((out0 & out1 & out2 & out3) < 0) {
                continue;
            }
            IntVector width0 = IntVector.broadcast(Lanes.INTS, out0 < 0 ? 0 : width);
            IntVector width1 = IntVector.broadcast(Lanes.INTS, out1 < 0 ? 0 : width);
            IntVector width2 = IntVector.broadcast(Lanes.INTS, out2 < 0 ? 0 : width);
            IntVector width3 = IntVector.broadcast(Lanes.INTS, out3 < 0 ? 0 : width);
            int row = at + ky * kernel * outputs;
            int row0 = row + Math.max(0, out0);
            int row1 = row + Math.max(0, out1);
            int row2 = row + Math.max(0, out2);
            int row3 = row + Math.max(0, out3);
            int ox = x + firstOutput;
            for (int kx = firstTap; kx < kernel; kx += step, ox -= apart) {
                if (ox <= -L || ox >= width) {
                    continue;
                }
                int tap = kx * outputs + ox;
                IntVector lane = Lanes.NUMBERS.add(ox);
                sum0 =
                        FLOAT_VECTOR
                                .cast(sum0)
                                .add(
                                        FloatVector.fromArray(S, patches, row0 + tap),
                                        lane.compare(ULT, width0).cast(S));
                sum1 =
                        FLOAT_VECTOR
                                .cast(sum1)
                                .add(
                                        FloatVector.fromArray(S, patches, row1 + tap),
                                        lane.compare(ULT, width1).cast(S));
                sum2 =
                        FLOAT_VECTOR
                                .cast(sum2)
                                .add(
                                        FloatVector.fromArray(S, patches, row2 + tap),
                                        lane.compare(ULT, width2).cast(S));
                sum3 =
                        FLOAT_VECTOR
                                .cast(sum3)
                                .add(
                                        FloatVector.fromArray(S, patches, row3 + tap),
                                        lane.compare(ULT, width3).cast(S));
            }
        }
        FLOAT_VECTOR.cast(sum0).intoArray(dx, place);
        FLOAT_VECTOR.cast(sum1).intoArray(dx, place + pitch);
        FLOAT_VECTOR.cast(sum2).intoArray(dx, place + 2 * pitch);
        FLOAT_VECTOR.cast(sum3).intoArray(dx, place + 3 * pitch);
    }

    /**
     * Returns the row of outputs that a row of inputs receives from at a tap; -1 if there is none.
     */
    private static int output(Axis rows, int iy, int ky) {
        int down = iy + rows.padding() - ky * rows.dilation();
        int oy = down / rows.stride();
        return down < 0 || oy >= rows.out() || oy * rows.stride() != down ? -1 : oy;
    }

    private void sum(float[] patches, int at, int iy, int x, float[] dx, int place) {
        int outputs = window.outputs();
        int width = window.cols().out();
        int kernel = window.cols().kernel();
        FloatVector sum = FloatVector.zero(S);
        for (int ky = 0; ky < window.rows().kernel(); ky++) {
            int out = outputRows[ky * inputRows + iy];
            if (out < 0) {
                continue;
            }
            int row = at + ky * kernel * outputs + out;
            int ox = x + firstOutputs[0];
            for (int kx = firstTaps[0]; kx < kernel; kx += tapStep, ox -= outputStep) {
                if (ox <= -L || ox >= width) {
                    continue;
                }
                IntVector lane = Lanes.NUMBERS.add(ox);
                sum =
                        FLOAT_VECTOR
                                .cast(sum)
                                .add(
                                        FloatVector.fromArray(S, patches, row + kx * outputs + ox),
                                        lane.compare(ULT, width).cast(S));
            }
        }
        FLOAT_VECTOR.cast(sum).intoArray(dx, place);
    }
}
