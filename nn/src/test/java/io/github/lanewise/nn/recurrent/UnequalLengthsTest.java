package io.github.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sequences of unequal length: each gives the bits that it gives alone, and what stands in the
 * padding, how much there is, and what the buffers held before, changes nothing.
 */
class UnequalLengthsTest {

    private static final int FEATURES = 3;
    private static final int UNITS = 5;
    private static final int[] LENGTHS = {3, 6, 1, 6, 4};
    private static final int[] OTHERS = {6, 2, 5, 1, 6};
    private static final int BATCH = LENGTHS.length;

    static Stream<Supplier<Recurrent>> layers() {
        return Stream.of(
                () -> new RNN(FEATURES, UNITS),
                () -> new RNN(FEATURES, UNITS).relu().numLayers(2).bidirectional(),
                () -> new RNN(FEATURES, UNITS).bidirectional().lastOutput(),
                () -> new LSTM(FEATURES, UNITS),
                () -> new LSTM(FEATURES, UNITS).numLayers(2).bidirectional(),
                () -> new LSTM(FEATURES, UNITS).numLayers(2).bidirectional().lastOutput(),
                () -> new LSTM(FEATURES, UNITS).numLayers(2).bidirectional().projSize(2),
                () -> new LSTM(FEATURES, UNITS).withoutBias().lastOutput(),
                () -> new GRU(FEATURES, UNITS),
                () -> new GRU(FEATURES, UNITS).withoutBias(),
                () -> new GRU(FEATURES, UNITS).numLayers(2).bidirectional(),
                () -> new GRU(FEATURES, UNITS).bidirectional().lastOutput());
    }

    /** A layer with a bound pass, for sequences padded to so many steps. */
    private static final class Bound {

        private final Recurrent layer;
        private final int steps;
        private final Lengths lengths;
        private final RecurrentPass pass;
        private final int width;

        Bound(Recurrent layer, int batch, int steps, boolean unequal) {
            this.layer = layer;
            this.steps = steps;
            lengths = unequal ? new Lengths(batch, steps) : null;
            Shape shape = new Shape(steps, FEATURES);
            pass = layer.bind(shape, Workspace.training(batch).lengths(lengths));
            width = layer.recurrence().width();
            float sign = 1;
            for (int l = 0; l < layer.recurrence().layers(); l++) {
                for (int d = 0; d < layer.recurrence().directions(); d++) {
                    fill(pass.initialHidden(l, d), sign *= -0.9f);
                    fill(pass.lastHiddenGradient(l, d), sign * 0.3f);
                    if (layer instanceof LSTM) {
                        fill(pass.initialCellState(l, d), sign * 0.7f);
                        fill(pass.lastCellStateGradient(l, d), sign * 0.2f);
                    }
                }
            }
        }

        private static void fill(Matrix x, float number) {
            for (int i = 0; i < x.rows(); i++) {
                int at = x.offset() + i * x.ld();
                Arrays.fill(x.data(), at, at + x.cols(), number);
            }
        }

        int outputs() {
            return layer.recurrence().lastOutput() ? width : steps * width;
        }
    }

    /** Sample i: steps of features, random behind the end. */
    private static Matrix batch(int steps, int width, int[] lengths, int seed, int noise) {
        Matrix real = Matrices.gaussian(lengths.length, 6 * width, seed);
        Matrix x = Matrices.gaussian(lengths.length, steps * width, noise);
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(
                    real.data(), i * 6 * width, x.data(), i * steps * width, lengths[i] * width);
        }
        return x;
    }

    private static Matrix gradient(Bound bound, int[] lengths, int noise) {
        return bound.layer.recurrence().lastOutput()
                ? Matrices.gaussian(lengths.length, bound.width, 8)
                : batch(bound.steps, bound.width, lengths, 8, noise);
    }

    private static float[][] run(Bound bound, int[] lengths, int noise) {
        if (bound.lengths != null) {
            bound.lengths.setAll(lengths);
        }
        bound.layer.parameters().values().forEach(Param::clearGradient);
        Matrix y = bound.pass.forward(batch(bound.steps, FEATURES, lengths, 7, noise));
        float[] outputs = Matrices.values(y);
        Matrix dx = bound.pass.backward(gradient(bound, lengths, noise));
        return new float[][] {outputs, Matrices.values(dx)};
    }

    private static float[] cut(float[] rows, int sample, int steps, int width, int length) {
        int from = sample * steps * width;
        return Arrays.copyOfRange(rows, from, from + length * width);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachIsReadAsIfItWereAlone(Supplier<Recurrent> maker) {
        Recurrent layer = maker.get();
        Bound bound = new Bound(layer, BATCH, 8, true);
        float[][] all = run(bound, LENGTHS, 1);
        boolean last = layer.recurrence().lastOutput();
        for (int i = 0; i < BATCH; i++) {
            int length = LENGTHS[i];
            Bound alone = new Bound(layer, 1, length, false);
            Matrix x =
                    Matrix.row(
                            cut(batch(8, FEATURES, LENGTHS, 7, 1).data(), i, 8, FEATURES, length));
            float[] y = Matrices.values(alone.pass.forward(x));
            float[] mine =
                    last
                            ? cut(all[0], i, 1, bound.width, 1)
                            : cut(all[0], i, 8, bound.width, length);
            assertArrayEquals(y, mine);
            float[] dy = gradient(bound, LENGTHS, 1).data();
            Matrix dOutputs =
                    Matrix.row(
                            last
                                    ? cut(dy, i, 1, bound.width, 1)
                                    : cut(dy, i, 8, bound.width, length));
            float[] dx = Matrices.values(alone.pass.backward(dOutputs));
            assertArrayEquals(dx, cut(all[1], i, 8, FEATURES, length));
            for (int at = length * FEATURES; at < 8 * FEATURES; at++) {
                assertEquals(0, all[1][i * 8 * FEATURES + at]);
            }
            for (int at = length * bound.width; !last && at < 8 * bound.width; at++) {
                assertEquals(0, all[0][i * 8 * bound.width + at]);
            }
            statesAreEqual(bound, i, alone);
        }
    }

    private static void statesAreEqual(Bound bound, int sample, Bound alone) {
        for (int l = 0; l < bound.layer.recurrence().layers(); l++) {
            for (int d = 0; d < bound.layer.recurrence().directions(); d++) {
                sameRow(bound.pass.lastHidden(l, d), sample, alone.pass.lastHidden(l, d));
                sameRow(
                        bound.pass.initialHiddenGradient(l, d),
                        sample,
                        alone.pass.initialHiddenGradient(l, d));
                if (bound.layer instanceof LSTM) {
                    sameRow(bound.pass.lastCellState(l, d), sample, alone.pass.lastCellState(l, d));
                    sameRow(
                            bound.pass.initialCellStateGradient(l, d),
                            sample,
                            alone.pass.initialCellStateGradient(l, d));
                }
            }
        }
    }

    private static void sameRow(Matrix many, int row, Matrix one) {
        assertArrayEquals(Matrices.values(one), Matrices.values(many.rowRange(row, row + 1)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void paddingChangesNoBit(Supplier<Recurrent> maker) {
        Bound narrow = new Bound(maker.get(), BATCH, 6, true);
        Bound wide = new Bound(maker.get(), BATCH, 11, true);
        run(wide, OTHERS, 5);
        float[][] expected = run(narrow, LENGTHS, 2);
        float[][] found = run(wide, LENGTHS, 3);
        for (int i = 0; i < BATCH; i++) {
            assertArrayEquals(
                    cut(expected[1], i, 6, FEATURES, LENGTHS[i]),
                    cut(found[1], i, 11, FEATURES, LENGTHS[i]));
        }
        wide.layer
                .parameters()
                .forEach(
                        (name, p) ->
                                assertArrayEquals(
                                        Matrices.values(
                                                narrow.layer.parameters().get(name).gradient()),
                                        Matrices.values(p.gradient()),
                                        name));
        assertEquals(narrow.outputs() * BATCH, expected[0].length);
    }

    @Test
    void fullLengthsAreThePlainLayer() {
        int[] full = {6, 6, 6, 6, 6};
        Bound with = new Bound(new LSTM(FEATURES, UNITS).numLayers(2), BATCH, 6, true);
        Bound without = new Bound(new LSTM(FEATURES, UNITS).numLayers(2), BATCH, 6, false);
        float[][] expected = run(without, full, 1);
        float[][] found = run(with, full, 1);
        assertArrayEquals(expected[0], found[0]);
        assertArrayEquals(expected[1], found[1]);
    }
}
