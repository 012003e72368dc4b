package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows that see nothing of an image but the padding before it: found by random networks. Nothing
 * lies behind the arrays, and their lengths are all those round a vector's.
 */
@Tag("contract")
class UnseenImagesTest {

    private static final int LONGEST = 40;

    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    private static Matrix filled(int rows, int cols) {
        float[] data = new float[rows * cols];
        for (int i = 0; i < data.length; i++) {
            data[i] = i % 5 - 1.5f;
        }
        return Matrix.of(data, rows, cols);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anImageThatNoWindowSeesIsNotReadBeyondItsEnd(int stride) {
        Windows chosen = ChosenKernels.onThreads(1).windows();
        for (int size = 1; size <= LONGEST; size++) {
            Axis down = Axis.of(size, 1, 1, 0, 1);
            Axis along = new Axis(1, 1, stride, 1, 1, 1);
            Convolution shape = new Convolution(1, 4, 1, new Window(down, along));
            Matrix x = filled(1, size);
            Matrix weight = filled(4, 1);
            Matrix dy = filled(1, 4 * size);
            Matrix expected = filled(1, 4 * size);
            Matrix actual = filled(1, 4 * size);
            REFERENCE.convolve(shape, x, weight, expected, Epilogue.NONE);
            chosen.convolve(shape, x, weight, actual, Epilogue.NONE);
            Rig.assertSameBits("y of " + size, expected, actual);
            Matrix dWeight = filled(4, 1);
            Matrix actualWeight = filled(4, 1);
            REFERENCE.convolveWeightGradient(shape, x, dy, 1, dWeight);
            chosen.convolveWeightGradient(shape, x, dy, 1, actualWeight);
            Rig.assertSameBits("dWeight of " + size, dWeight, actualWeight);
        }
    }
}
