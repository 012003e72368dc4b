package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Brings weights to the points, and their gradients back. */
final class WinogradWeights {

    private static final int SIDE = Winograd.SIDE;
    private static final int L = Lanes.COUNT;
    private static final int ROW = SIDE * L;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private final Transposition transposition = Transposition.inRegisters();
    private final float[] half = new float[Winograd.POINTS * L];
    private final float[] points = new float[Winograd.POINTS * L];
    private float[] window = new float[0];

    private int height;
    private int width;

    void of(Window window) {
        height = window.rows().kernel();
        width = window.cols().kernel();
    }

    /** Brings a group's weights to the points: a row for each input channel. */
    void byInputs(Matrix weight, int from, int in, int out, PointValues values) {
        int taps = height * width;
        reserve(in * taps);
        values.ofPanels(in, out);
        for (int v = 0; v * L < out; v++) {
            int at = weight.offset() + (from + v * L) * weight.ld();
            int lanes = Math.min(L, out - v * L);
            transposition.run(lanes, in * taps, weight.data(), at, weight.ld(), window, 0, L);
            for (int i = 0; i < in; i++) {
                toPoints(i * taps * L, values, i, v);
            }
        }
    }

    /** Brings a group's weights to the points: a row for each output channel. */
    void byOutputs(Matrix weight, int from, int in, int out, PointValues values) {
        int taps = height * width;
        reserve(taps);
        values.ofPanels(out, in);
        for (int o = 0; o < out; o++) {
            int at = weight.offset() + (from + o) * weight.ld();
            for (int v = 0; v * L < in; v++) {
                int lanes = Math.min(L, in - v * L);
                transposition.run(
                        lanes, taps, weight.data(), at + v * L * taps, taps, window, 0, L);
                toPoints(0, values, o, v);
            }
        }
    }

    private void reserve(int taps) {
        if (window.length < taps * L) {
            window = new float[taps * L];
        }
    }

    private void toPoints(int at, PointValues values, int row, int vector) {
        Evaluation.run(height, width, window, at, width * L, half);
        Evaluation.run(width, SIDE, half, 0, ROW, points);
        scale(points, 0, L, values.data(), values.place(row, vector * L), values.apart());
    }

    private static void scale(float[] x, int from, int step, float[] y, int to, int toStep) {
        for (int point = 0; point < Winograd.POINTS; point++) {
            FloatVector.fromArray(S, x, from + point * step)
                    .mul(Winograd.factor(point))
                    .intoArray(y, to + point * toStep);
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
                scale(values.data(), values.place(i, v * L), values.apart(), points, 0, L);
                Evaluation.transposed(height, SIDE, points, 0, ROW, L, half, 0, ROW);
                Evaluation.transposed(
                        width, height, half, 0, ROW, L, window, i * taps * L, width * L);
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
