package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a caller of the operations on images is told about each kind of mistake. */
class WindowCheckTest {

    private static final Windows WINDOWS = ChosenKernels.reference().windows();
    private static final ChannelNormalizations CHANNELS =
            ChosenKernels.reference().channelNormalizations();

    private static final Window WINDOW = new Window(Axis.of(6, 3, 1, 0, 1), Axis.of(5, 2, 1, 0, 1));
    private static final Convolution SHAPE = new Convolution(2, 3, 1, WINDOW);
    private static final Matrix X = Matrix.zeros(4, 60);
    private static final Matrix Y = Matrix.zeros(4, 48);
    private static final Matrix WEIGHT = Matrix.zeros(3, 12);

    @Test
    void operandsMustFitTheConvolution() {
        assertRejected(
                "convolve: x is 4x59; it must be 4x60",
                () -> WINDOWS.convolve(SHAPE, Matrix.zeros(4, 59), WEIGHT, Y, Epilogue.NONE));
        assertRejected(
                "convolve: weight is 3x11; it must be 3x12",
                () -> WINDOWS.convolve(SHAPE, X, Matrix.zeros(3, 11), Y, Epilogue.NONE));
        assertRejected(
                "convolveWeightGradient: dy is 3x48; it must be 4x48",
                () -> WINDOWS.convolveWeightGradient(SHAPE, X, Matrix.zeros(3, 48), 0, WEIGHT));
        assertRejected(
                "convolveInputGradient: dx is 4x48; it must be 4x60",
                () -> WINDOWS.convolveInputGradient(SHAPE, Y, WEIGHT, Y, Epilogue.NONE));
        assertRejected(
                "convolve: bias is 1x2; it must be 1x3",
                () -> WINDOWS.convolve(SHAPE, X, WEIGHT, Y, Epilogue.bias(Matrix.zeros(1, 2))));
    }

    @Test
    void betaIsZeroOrOne() {
        assertRejected(
                "convolveWeightGradient: beta is 2.0; it must be 0 (overwrite) or 1 (add)",
                () -> WINDOWS.convolveWeightGradient(SHAPE, X, Y, 2, WEIGHT));
    }

    @Test
    void imagesConsistOfWholeChannels() {
        assertRejected(
                "maxPool: x has 59 columns; they must be whole channels of 30 elements",
                () -> WINDOWS.maxPool(WINDOW, Matrix.zeros(4, 59), Y, null));
        assertRejected(
                "maxPool: indices holds 5 numbers; the 4x32 outputs need 128",
                () -> WINDOWS.maxPool(WINDOW, X, Matrix.zeros(4, 32), new int[5]));
        assertRejected(
                "averagePool: y is 4x48; it must be 4x2",
                () -> WINDOWS.averagePool(Regions.adaptive(6, 1), Regions.adaptive(5, 1), X, Y));
        assertRejected(
                "channelSums: x has 60 columns, sums has 7 channels; channels must be equally long",
                () -> CHANNELS.channelSums(X, 0, Matrix.zeros(1, 7)));
    }

    @Test
    void outputsMustNotOverlapInputs() {
        assertThrows(
                IllegalArgumentException.class,
                () -> WINDOWS.convolve(SHAPE, X, WEIGHT, view(X, 48), Epilogue.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> WINDOWS.maxPool(WINDOW, X, view(X, 32), null));
    }

    private static Matrix view(Matrix x, int cols) {
        return new Matrix(x.data(), 0, x.rows(), cols, x.ld());
    }

    @Test
    void shapesThatMakeNoSenseAreRefused() {
        assertRejected(
                "Axis: size 3, kernel 5, stride 1, padding 0, dilation 1, out -1; padding must be 0"
                        + " or more, the others 1 or more",
                () -> Axis.of(3, 5, 1, 0, 1));
        assertRejected(
                "Convolution: 3 -> 4 channels in 2 groups; all must be 1 or more, and groups must"
                        + " divide both",
                () -> new Convolution(3, 4, 2, WINDOW));
        assertRejected(
                "Regions: output 0 sees padding alone; make the padding smaller",
                () -> Regions.of(Axis.of(3, 2, 1, 2, 1), true));
        Matrix each = Matrix.zeros(1, 2);
        assertRejected(
                "ChannelNorm: weight or bias is missing; give both or neither",
                () -> new ChannelNorm(each, each, 0, each, null));
    }

    private static void assertRejected(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
