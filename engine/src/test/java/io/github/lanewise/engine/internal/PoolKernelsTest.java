package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pooling of the chosen set against the scalar one, bit for bit. */
@Tag("contract")
class PoolKernelsTest {

    private static final int[] THREADS = {1, 3};
    private static final int IMAGES = 3;
    private static final int CHANNELS = 4;
    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    static List<Window> windows() {
        Stream<Window> all = WindowShapes.ALL.stream().map(Convolution::window);
        return Stream.concat(all, halves()).toList();
    }

    /** Two by two elements at stride 2: sides about the lanes, even, odd, and not wholly seen. */
    private static Stream<Window> halves() {
        Axis narrow = half(5);
        Stream<Axis> across =
                IntStream.of(2, 3, 8, 10, 12, 17, 24, 25, 30, 32, 33, 34, 64, 65, 67, 70)
                        .mapToObj(PoolKernelsTest::half);
        return Stream.of(
                        across.map(cols -> new Window(half(6), cols)),
                        Stream.of(2, 3, 9, 24).map(rows -> new Window(half(rows), half(24))),
                        Stream.of(new Window(half(9), new Axis(40, 2, 2, 0, 1, 9))),
                        Stream.of(new Window(new Axis(14, 2, 2, 0, 1, 3), half(19))),
                        Stream.of(new Window(new Axis(5, 2, 2, 0, 1, 3), narrow)),
                        Stream.of(new Window(narrow, new Axis(33, 2, 2, 0, 1, 17))))
                .flatMap(each -> each);
    }

    private static Axis half(int size) {
        return Axis.of(size, 2, 2, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maxPoolMatchesReferenceBitForBit(Window window) {
        for (Values values : Values.values()) {
            Matrix x = Rig.matrix(IMAGES, CHANNELS * window.inputs(), 0, values, 7);
            Matrix y = Rig.matrix(IMAGES, CHANNELS * window.outputs(), 2, values, 8);
            Matrix expected = Rig.copy(y);
            int[] places = new int[y.size()];
            REFERENCE.maxPool(window, x, expected, places);
            for (int threads : THREADS) {
                Matrix actual = Rig.copy(y);
                int[] actualPlaces = new int[y.size()];
                on(threads).maxPool(window, x, actual, actualPlaces);
                Rig.assertSameBits(values + " on " + threads, expected, actual);
                assertArrayEquals(places, actualPlaces);
                actual = Rig.copy(y);
                on(threads).maxPool(window, x, actual, null);
                Rig.assertSameBits(values + " without places", expected, actual);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maxPoolGradientMatchesReferenceBitForBit(Window window) {
        Matrix x = Rig.matrix(IMAGES, CHANNELS * window.inputs(), 1, Values.TIES, 7);
        Matrix y = Matrix.zeros(IMAGES, CHANNELS * window.outputs());
        int[] places = new int[y.size()];
        REFERENCE.maxPool(window, x, y, places);
        Matrix dy = Rig.matrix(IMAGES, y.cols(), 1, Values.ANY, 8);
        Matrix expected = Rig.copy(x);
        REFERENCE.maxPoolGradient(window, places, dy, expected);
        for (int threads : THREADS) {
            Matrix actual = Rig.copy(x);
            on(threads).maxPoolGradient(window, places, dy, actual);
            Rig.assertSameBits("on " + threads, expected, actual);
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maxPoolMatchesReferenceWhereArraysEndWithTheImage(Window window) {
        Matrix x = dense(IMAGES, CHANNELS * window.inputs(), 7);
        Matrix y = dense(IMAGES, CHANNELS * window.outputs(), 8);
        Matrix expected = Rig.copy(y);
        int[] places = new int[y.size()];
        REFERENCE.maxPool(window, x, expected, places);
        Matrix actual = Rig.copy(y);
        int[] actualPlaces = new int[y.size()];
        on(1).maxPool(window, x, actual, actualPlaces);
        Rig.assertSameBits("y", expected, actual);
        assertArrayEquals(places, actualPlaces);
        Matrix dx = Rig.copy(x);
        Matrix actualDx = Rig.copy(x);
        REFERENCE.maxPoolGradient(window, places, y, dx);
        on(1).maxPoolGradient(window, places, y, actualDx);
        Rig.assertSameBits("dx", dx, actualDx);
    }

    /** Any values, with nothing before or behind them. */
    private static Matrix dense(int rows, int cols, long seed) {
        Matrix values = Rig.matrix(rows, cols, 0, Values.ANY, seed);
        float[] data =
                Arrays.copyOfRange(values.data(), values.offset(), values.offset() + rows * cols);
        return new Matrix(data, 0, rows, cols, cols);
    }

    @Test
    void poolingStaysTheSameWhenCompiled() {
        for (Window window : windows()) {
            if (window.inputs() > 1000) {
                continue;
            }
            Matrix x = Rig.matrix(IMAGES, CHANNELS * window.inputs(), 1, Values.TIES, 7);
            Matrix y = Rig.matrix(IMAGES, CHANNELS * window.outputs(), 1, Values.ANY, 8);
            Matrix expected = Rig.copy(y);
            Matrix expectedDx = Rig.copy(x);
            int[] places = new int[y.size()];
            REFERENCE.maxPool(window, x, expected, places);
            REFERENCE.maxPoolGradient(window, places, expected, expectedDx);
            Matrix actual = Rig.copy(y);
            Matrix actualDx = Rig.copy(x);
            for (int call = 0; call < 200; call++) {
                on(1).maxPool(window, x, actual, call % 2 == 0 ? places : null);
                on(1).maxPoolGradient(window, places, actual, actualDx);
            }
            Rig.assertSameBits("y of " + window, expected, actual);
            Rig.assertSameBits("dx of " + window, expectedDx, actualDx);
        }
    }

    @Test
    void firstOfEqualMaximaIsChosenAndNanWins() {
        Axis axis = Axis.of(4, 2, 2, 0, 1);
        float nan = Float.NaN;
        Matrix x = Matrix.row(5, 5, -0f, 0, 1, 5, -1, -2, 7, nan, 3, 3, 8, 1, 3, 4);
        Matrix y = Matrix.zeros(1, 4);
        int[] chosen = new int[4];
        on(1).maxPool(new Window(axis, axis), x, y, chosen);
        assertArrayEquals(new float[] {5, -0f, nan, 4}, y.data());
        assertArrayEquals(new int[] {0, 2, 9, 15}, chosen);
    }

    @Test
    void averagesMatchReferenceBitForBit() {
        for (int width : new int[] {1, 7, 15, 16, 31, 33, 70}) {
            for (int out : new int[] {1, 2, 5}) {
                checkAverage(Regions.adaptive(5, 2), Regions.adaptive(width, out));
            }
            Regions counted = Regions.of(Axis.of(width + 2, 3, 2, 1, 1), true);
            checkAverage(Regions.of(new Axis(6, 3, 2, 1, 1, 4), false), counted);
        }
    }

    private static void checkAverage(Regions rows, Regions cols) {
        for (Values values : Values.values()) {
            Matrix x = Rig.matrix(IMAGES, CHANNELS * rows.size() * cols.size(), 3, values, 5);
            Matrix dy = Rig.matrix(IMAGES, CHANNELS * rows.out() * cols.out(), 2, values, 6);
            Matrix expected = Rig.copy(dy);
            Matrix expectedGradient = Rig.copy(x);
            REFERENCE.averagePool(rows, cols, x, expected);
            REFERENCE.averagePoolGradient(rows, cols, dy, expectedGradient);
            for (int threads : THREADS) {
                Matrix actual = Rig.copy(dy);
                Matrix actualGradient = Rig.copy(x);
                on(threads).averagePool(rows, cols, x, actual);
                on(threads).averagePoolGradient(rows, cols, dy, actualGradient);
                Rig.assertSameBits(values + " on " + threads, expected, actual);
                Rig.assertSameBits("gradient, " + values, expectedGradient, actualGradient);
            }
        }
    }

    @Test
    void adaptiveRegionsCoverTheSide() {
        Regions regions = Regions.adaptive(10, 4);
        int[] from = IntStream.range(0, 4).map(regions::from).toArray();
        int[] to = IntStream.range(0, 4).map(regions::to).toArray();
        assertArrayEquals(new int[] {0, 2, 5, 7}, from);
        assertArrayEquals(new int[] {3, 5, 8, 10}, to);
    }

    private static Windows on(int threads) {
        return ChosenKernels.onThreads(threads).windows();
    }
}
