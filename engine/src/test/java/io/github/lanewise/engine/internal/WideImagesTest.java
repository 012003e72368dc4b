package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;
import io.github.lanewise.engine.internal.scalar.ScalarMagnitudes;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

/** What Winograd's algorithm would spoil: results that do not see an image's largest value. */
@Tag("contract")
class WideImagesTest {

    private static final int[] THREADS = {1, 2, 3, 7};

    private static final int SIZE = 12;

    private static final Convolution SHAPE = square(16, 16, SIZE, 3, 1);

    static List<Convolution> shapes() {
        return WindowShapes.WINOGRAD;
    }

    private static Convolution square(int in, int out, int size, int kernel, int padding) {
        Axis axis = Axis.of(size, kernel, 1, padding, 1);
        return new Convolution(in, out, 1, new Window(axis, axis));
    }

    private static Windows on(int threads) {
        return ChosenKernels.onThreads(threads).windows();
    }

    private static Matrix filled(int rows, int cols, float value) {
        Matrix x = Matrix.zeros(rows, cols);
        Arrays.fill(x.data(), value);
        return x;
    }

    /** Ones, but for a value near a corner, which a few results see. */
    private static Matrix onesBut(float value) {
        Matrix x = filled(1, 16 * SIZE * SIZE, 1);
        x.data()[SIZE + 1] = value;
        return x;
    }

    private static boolean seesTheCorner(int position) {
        return position % SIZE <= 2 && position / SIZE <= 2;
    }

    @ParameterizedTest
    @ValueSource(floats = {1e9f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY, 200})
    void outputsThatDoNotSeeAnOutlierStayRight(float outlier) {
        Matrix y = Matrix.zeros(1, 16 * SIZE * SIZE);
        Matrix weight = filled(16, SHAPE.depth(), 0.1f);
        on(2).convolve(SHAPE, onesBut(outlier), weight, y, Epilogue.NONE);
        assertNear(14.4, y, false);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e9f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY, 200})
    void gradientsThatDoNotSeeAnOutlierStayRight(float outlier) {
        Matrix dx = Matrix.zeros(1, 16 * SIZE * SIZE);
        Matrix weight = filled(16, SHAPE.depth(), 0.1f);
        on(2).convolveInputGradient(SHAPE, onesBut(outlier), weight, dx, Epilogue.NONE);
        assertNear(14.4, dx, false);
    }

    /** The gradient of a corner tap does not see the outlier, which lies at the other edge. */
    @ParameterizedTest
    @ValueSource(floats = {1e9f, Float.NaN})
    void weightGradientsThatDoNotSeeAnOutlierStayRight(float outlier) {
        Matrix x = filled(40, 16 * SIZE * SIZE, 1);
        x.data()[39 * x.ld()] = outlier;
        Matrix dy = filled(40, 16 * SIZE * SIZE, 0.1f);
        Matrix dWeight = filled(16, SHAPE.depth(), 7);
        for (int threads : THREADS) {
            on(threads).convolveWeightGradient(SHAPE, x, dy, 0, dWeight);
            for (int o = 0; o < 16; o++) {
                Rig.assertWithin("tap (2, 2)", 1e-2, 40 * 12.1, dWeight.at(o, 8));
                Rig.assertWithin("channel 1", 1e-2, 40 * 14.4, dWeight.at(o, 9 + 4));
                assertEquals(Float.isNaN(outlier), Float.isNaN(dWeight.at(o, 4)));
            }
        }
    }

    private static void assertNear(double expected, Matrix y, boolean corner) {
        for (int at = 0; at < y.size(); at++) {
            int position = at % (SIZE * SIZE);
            int row = position / SIZE;
            int col = position % SIZE;
            boolean inside = row > 0 && row < SIZE - 1 && col > 0 && col < SIZE - 1;
            if (inside && seesTheCorner(position) == corner) {
                Rig.assertWithin("(%d, %d)".formatted(row, col), 2e-4, expected, y.at(0, at));
            }
        }
    }

    /** Far from where the data are, exact sums are 0, and errors have either sign. */
    @ParameterizedTest
    @MethodSource("shapes")
    void nonNegativeDataGiveNoNegativeResults(Convolution shape) {
        Windows reference = ChosenKernels.reference().windows();
        Matrix x = sparse(shape.inChannels() * shape.window().inputs(), 1);
        Matrix dy = sparse(shape.outChannels() * shape.window().outputs(), 2);
        Matrix mixed = Rig.matrix(shape.outChannels(), shape.depth(), 0, Values.PLAIN, 3);
        Matrix weight = Rig.copy(mixed);
        for (int at = 0; at < weight.data().length; at++) {
            weight.data()[at] = Math.abs(weight.data()[at]);
        }
        Matrix y = Rig.copy(dy);
        Matrix dx = Rig.copy(x);
        on(2).convolve(shape, x, weight, y, Epilogue.NONE);
        on(2).convolveInputGradient(shape, dy, weight, dx, Epilogue.NONE);
        assertFalse(hasNegative(y));
        assertFalse(hasNegative(dx));
        Matrix expected = Rig.copy(dy);
        reference.convolve(shape, x, weight, expected, Epilogue.NONE);
        Rig.assertSameBits("y", expected, y);
        expected = Rig.copy(x);
        reference.convolveInputGradient(shape, dy, weight, expected, Epilogue.NONE);
        Rig.assertSameBits("dx", expected, dx);
        on(2).convolve(shape, x, mixed, y, Epilogue.NONE);
        assertTrue(hasNegative(y), "weights of both signs");
    }

    private static Matrix sparse(int cols, long seed) {
        Matrix x = Rig.matrix(3, cols, 1, Values.PLAIN, seed);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < cols; j++) {
                int at = x.offset() + i * x.ld() + j;
                x.data()[at] = j % 2029 == 7 ? Math.abs(x.data()[at]) : 0;
            }
        }
        return x;
    }

    private static boolean hasNegative(Matrix y) {
        for (int i = 0; i < y.rows(); i++) {
            for (int j = 0; j < y.cols(); j++) {
                if (y.at(i, j) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Image 1 of 3, and of 40, has an outlier; what the others give must not depend on it. */
    @ParameterizedTest
    @MethodSource("shapes")
    void wideImagesAmongOthersMatchReferenceBitForBit(Convolution shape) {
        Windows reference = ChosenKernels.reference().windows();
        for (int batch : new int[] {3, 40}) {
            Matrix x =
                    Rig.matrix(
                            batch,
                            shape.inChannels() * shape.window().inputs(),
                            3,
                            Values.PLAIN,
                            1);
            Matrix dy =
                    Rig.matrix(
                            batch,
                            shape.outChannels() * shape.window().outputs(),
                            1,
                            Values.PLAIN,
                            2);
            x.data()[x.offset() + x.ld() + 1] = 1e12f;
            dy.data()[dy.offset() + (batch - 1) * dy.ld() + 2] = Float.NEGATIVE_INFINITY;
            Matrix weight = Rig.matrix(shape.outChannels(), shape.depth(), 2, Values.PLAIN, 3);
            Matrix y = Rig.copy(dy);
            Matrix dx = Rig.copy(x);
            Matrix dWeight = Rig.copy(weight);
            reference.convolve(shape, x, weight, y, Epilogue.NONE);
            reference.convolveInputGradient(shape, dy, weight, dx, Epilogue.NONE);
            reference.convolveWeightGradient(shape, x, dy, 1, dWeight);
            for (int threads : THREADS) {
                Matrix actualY = Rig.copy(dy);
                Matrix actualDx = Rig.copy(x);
                Matrix actualWeight = Rig.copy(weight);
                on(threads).convolve(shape, x, weight, actualY, Epilogue.NONE);
                on(threads).convolveInputGradient(shape, dy, weight, actualDx, Epilogue.NONE);
                on(threads).convolveWeightGradient(shape, x, dy, 1, actualWeight);
                Rig.assertSameBits("y on " + threads, y, actualY);
                Rig.assertSameBits("dx on " + threads, dx, actualDx);
                Rig.assertSameBits("dWeight on " + threads, dWeight, actualWeight);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void magnitudesMatchReference(Convolution shape) {
        int n = shape.window().inputs();
        Matrix x = Rig.matrix(1, shape.inChannels() * n, 0, Values.ANY, 4);
        for (int c = 0; c < shape.inChannels(); c++) {
            x.data()[x.offset() + c * n + 2] = c % 2 == 0 ? 0f : -0f;
        }
        int[] expected = new int[n + 2];
        ScalarMagnitudes.of(x.data(), x.offset(), shape.inChannels(), n, expected);
        int[] largest = new int[n];
        for (int c = 0; c < shape.inChannels(); c++) {
            for (int j = 0; j < n; j++) {
                int bits = Float.floatToRawIntBits(Math.abs(x.at(0, c * n + j)));
                largest[j] = Math.max(largest[j], bits);
            }
        }
        assertEquals(Arrays.stream(largest).max().getAsInt(), expected[n]);
        int smallest = Arrays.stream(largest).filter(bits -> bits > 0).min().getAsInt();
        assertEquals(smallest, expected[n + 1]);
        for (int j = 0; j < n; j++) {
            assertEquals(largest[j], expected[j]);
        }
    }

    @Test
    void imagesOfUsualValuesAreNotWide() {
        assertFalse(isWide(Rig.matrix(1, 16 * 144, 0, Values.PLAIN, 1)));
        assertFalse(isWide(filled(1, 16 * 144, 0)));
        Matrix sparse = Rig.matrix(1, 16 * 144, 0, Values.PLAIN, 2);
        for (int at = 0; at < sparse.data().length; at++) {
            sparse.data()[at] = at % 5 == 0 ? Math.max(0, sparse.data()[at]) : 0;
        }
        assertFalse(isWide(sparse));
        Matrix single = filled(1, 16 * 144, 0);
        single.data()[77] = 1e9f;
        assertFalse(isWide(single));
    }

    @Test
    void whatLiesFarFromAnOutlierDoesNotMakeAnImageWide() {
        Matrix x = filled(1, 16 * 144, 0);
        x.data()[0] = 1;
        x.data()[143] = 1e-5f;
        assertFalse(isWide(x));
        x.data()[5] = 1e-5f;
        assertTrue(isWide(x));
        assertTrue(isWide(onesBut(129)));
        assertFalse(isWide(onesBut(128)));
    }

    private static boolean isWide(Matrix x) {
        WideImages wide = new WideImages(ScalarMagnitudes::of);
        wide.begin(SHAPE, 0, 1);
        boolean forward = wide.lookAtInputs(0, x.data(), x.offset(), 16);
        wide.begin(SHAPE, 0, 1);
        assertEquals(forward, wide.lookAtOutputs(0, x.data(), x.offset(), 16));
        return forward;
    }
}
