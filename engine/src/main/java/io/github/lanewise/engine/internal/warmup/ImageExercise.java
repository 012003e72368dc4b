package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ChannelKernels;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.List;

/**
 * Convolution, pooling and batch normalization of a few channels, wider and narrower than a vector.
 */
final class ImageExercise implements Exercise {

    private static final int CHANNELS = 4;
    private static final int OUT = 9;
    private static final int FEATURES = 70;
    private static final int IMAGES = 2;
    private static final int LARGEST = 25;

    private final Matrix x = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix y = operand(IMAGES, OUT * LARGEST * LARGEST);
    private final Matrix dx = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix weight = operand(OUT, CHANNELS * 9);
    private final Matrix dWeight = operand(OUT, CHANNELS * 9);
    private final Matrix bias = operand(1, OUT);
    private final int[] chosen = new int[IMAGES * CHANNELS * LARGEST * LARGEST];
    private final Norm channels = new Norm(CHANNELS);
    private final Norm features = new Norm(FEATURES);

    /** Normalization of so many channels, and its gradients. */
    private static final class Norm {

        private final Matrix each;
        private final Matrix sums;
        private final Matrix squares;
        private final ChannelNorm normalization;

        Norm(int width) {
            each = operand(1, width);
            sums = operand(1, width);
            squares = operand(1, width);
            normalization = new ChannelNorm(each, each, 1, each, each);
        }

        void run(ChannelKernels kernels, Matrix x, Matrix dx) {
            int width = each.cols();
            kernels.channelSums(x, 0, sums, 0, width);
            kernels.imageSums(x, new Matrix(dx.data(), 0, IMAGES, width, width), 0, IMAGES);
            kernels.channelMoments(x, sums, squares, 0, width);
            kernels.normalize(normalization, Activation.RELU, x, dx, 0, IMAGES);
            kernels.normalizeGradientSums(normalization, x, dx, sums, squares, 0, width);
            kernels.normalizeGradient(normalization, x, sums, squares, dx, dx, 0, IMAGES);
        }
    }

    @Override
    public void run(KernelSet set, int length) {
        for (int size : List.of(7, length < LARGEST ? 7 : LARGEST)) {
            for (int stride = 1; stride <= 2; stride++) {
                Axis axis = Axis.of(size, 3, stride, 1, 1);
                convolve(set, new Convolution(CHANNELS, OUT, 1, new Window(axis, axis)));
                pool(set, new Window(axis, axis));
            }
            shallowGradient(set, 1, Axis.of(size, 5, 1, 0, 1));
            shallowGradient(set, 3, Axis.of(size, 3, 1, 0, 1));
            Axis halved = Axis.of(size, 2, 2, 0, 1);
            pool(set, new Window(halved, halved));
            int image = CHANNELS * size * size;
            channels.run(set.channels(), cut(x, image), cut(dx, image));
            features.run(set.channels(), cut(x, FEATURES), cut(dx, FEATURES));
        }
    }

    private void convolve(KernelSet set, Convolution shape) {
        Matrix image = cut(x, CHANNELS * shape.window().inputs());
        Matrix output = cut(y, OUT * shape.window().outputs());
        Matrix gradient = cut(dx, image.cols());
        Epilogue forward = Epilogue.activate(bias, Activation.RELU);
        Epilogue backward = Epilogue.gradient(Activation.RELU, image);
        set.convolutions().convolve(shape, image, weight, output, forward, 0, IMAGES);
        set.convolutions()
                .weightGradient(shape, image, output, 0, dWeight, 0, OUT, 0, shape.depth());
        set.convolutions().inputGradient(shape, output, weight, gradient, backward, 0, IMAGES);
    }

    /** The weight gradient of a first layer, which has few taps. */
    private void shallowGradient(KernelSet set, int channels, Axis axis) {
        Convolution shape = new Convolution(channels, OUT, 1, new Window(axis, axis));
        Matrix image = cut(x, channels * shape.window().inputs());
        Matrix output = cut(y, OUT * shape.window().outputs());
        Matrix gradient = cut(dWeight, shape.depth());
        set.convolutions()
                .weightGradient(shape, image, output, 0, gradient, 0, OUT, 0, shape.depth());
    }

    private void pool(KernelSet set, Window window) {
        Matrix image = cut(x, CHANNELS * window.inputs());
        Matrix output = cut(y, CHANNELS * window.outputs());
        Matrix gradient = cut(dx, image.cols());
        Regions rows = Regions.of(window.rows(), true);
        Regions cols = Regions.of(window.cols(), true);
        set.pools().maxPool(window, image, output, chosen, 0, IMAGES);
        set.pools().maxPoolGradient(window, chosen, output, gradient, 0, IMAGES);
        set.pools().averagePool(rows, cols, image, output, 0, IMAGES);
        set.pools().averagePoolGradient(rows, cols, output, gradient, 0, IMAGES);
    }

    private static Matrix cut(Matrix x, int cols) {
        return new Matrix(x.data(), 0, x.rows(), cols, x.ld());
    }
}
