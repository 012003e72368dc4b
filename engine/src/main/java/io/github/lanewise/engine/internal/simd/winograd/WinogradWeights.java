package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.support.Transposition;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Brings weights to the points, and their gradients back. */
final class WinogradWeights {

    private static final int L = Lanes.COUNT;

    /** Input channels whose weights are transposed at a time, so that they stay near. */
    private static final int BLOCK = 16;

    private static final int MOST = WinogradPoints.MOST * WinogradPoints.MOST * L;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private final Transposition transposition = Transposition.inRegisters();
    private final float[] half = new float[MOST];
    private final float[] whole = new float[MOST];
    private float[] window = new float[0];

    private WinogradPoints points;
    private int side;
    private int height;
    private int width;

    void of(Window window, WinogradPoints points) {
        this.points = points;
        side = points.side();
        height = window.rows().kernel();
        width = window.cols().kernel();
    }

    /** Brings a group's weights to the points: a row for each input channel. */
    void byInputs(Matrix weight, int from, int in, int out, PointValues values) {
        int taps = height * width;
        reserve(BLOCK * taps);
        values.ofPanels(points, in, out);
        for (int panel = 0; panel < out; panel += MicroKernel.NR) {
            int end = Math.min(out, panel + MicroKernel.NR);
            for (int first = 0; first < in; first += BLOCK) {
                int count = Math.min(BLOCK, in - first);
                for (int o = panel; o < end; o += L) {
                    int at = weight.offset() + (from + o) * weight.ld() + first * taps;
                    int lanes = Math.min(L, end - o);
                    transposition.run(
                            lanes, count * taps, weight.data(), at, weight.ld(), window, 0, L);
                    for (int i = 0; i < count; i++) {
                        toPoints(i * taps * L, values, first + i, o);
                    }
                }
            }
        }
    }

    /** Brings a group's weights to the points: a row for each output channel. */
    void byOutputs(Matrix weight, int from, int in, int out, PointValues values) {
        int taps = height * width;
        reserve(Math.max(taps, L));
        values.ofPanels(points, out, in);
        for (int panel = 0; panel < in; panel += MicroKernel.NR) {
            int end = Math.min(in, panel + MicroKernel.NR);
            for (int o = 0; o < out; o++) {
                int row = weight.offset() + (from + o) * weight.ld();
                for (int i = panel; i < end; i += L) {
                    transpose(Math.min(L, end - i), taps, weight.data(), row + i * taps);
                    toPoints(0, values, o, i);
                }
            }
        }
    }

    /** Brings some channels' weights to the window; with what follows, if that fills squares. */
    private void transpose(int channels, int taps, float[] weight, int from) {
        int end = from + (channels - 1) * taps + L;
        int rows = taps < L && end <= weight.length ? L : taps;
        transposition.run(channels, rows, weight, from, taps, window, 0, L);
    }

    private void reserve(int taps) {
        if (window.length < taps * L) {
            window = new float[taps * L];
        }
    }

    private void toPoints(int at, PointValues values, int row, int channel) {
        int to = values.place(row, channel);
        if (height == 3 && width == 3) {
            WeightsOfNine.run(points, window, at, values.data(), to, values.apart());
            return;
        }
        Evaluation.run(points, height, width, window, at, width * L, half, 0, side * L, L);
        Evaluation.run(points, width, side, half, 0, side * L, whole, 0, side * L, L);
        scale(points, whole, 0, L, values.data(), to, values.apart());
    }

    private static void scale(
            WinogradPoints points, float[] x, int from, int step, float[] y, int to, int toStep) {
        for (int pair = 0; pair < points.pairs(); pair++) {
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, x, from + pair * step))
                    .mul(points.factor(pair))
                    .intoArray(y, to + pair * toStep);
        }
    }

    /**
     * Takes the gradient of weights from values at the points, which have a row for each input
     * channel: {@code out} rows and {@code in} channels of columns of y from {@code to} on.
     */
    void gradient(PointValues values, int in, int out, boolean add, float[] y, int to, int ld) {
        int taps = height * width;
        reserve(in * taps);
        for (int v = 0; v * L < out; v++) {
            for (int i = 0; i < in; i++) {
                int apart = values.apart();
                int from = values.place(i, v * L);
                scale(points, values.data(), from, apart, whole, 0, L);
                Evaluation.transposed(
                        points, height, side, whole, 0, side * L, L, half, 0, side * L);
                Evaluation.transposed(
                        points,
                        width,
                        height,
                        half,
                        0,
                        side * L,
                        L,
                        window,
                        i * taps * L,
                        width * L);
            }
            int lanes = Math.min(L, out - v * L);
            if (add) {
                add(in * taps, lanes, y, to + v * L * ld, ld);
            } else {
                transposition.run(in * taps, lanes, window, 0, L, y, to + v * L * ld, ld);
            }
        }
    }

    private void add(int taps, int lanes, float[] y, int to, int ld) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int tap = 0; tap < taps; tap++) {
                y[to + lane * ld + tap] += window[tap * L + lane];
            }
        }
    }
}
