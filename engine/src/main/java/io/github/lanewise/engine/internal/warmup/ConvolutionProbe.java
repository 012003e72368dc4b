package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.List;

/** Direct convolutions of few channels: images wider and narrower than a vector, both strides. */
final class ConvolutionProbe implements FamilyProbe {

    private static final int CHANNELS = 4;
    private static final int OUT = 9;
    private static final int IMAGES = 2;
    private static final int SMALL = 7;
    private static final int LARGEST = 19;

    private final Matrix x = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix y = operand(IMAGES, OUT * LARGEST * LARGEST);
    private final Matrix dx = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix weight = operand(OUT, CHANNELS * 9);
    private final Matrix dWeight = operand(OUT, CHANNELS * 9);
    private final Matrix bias = operand(1, OUT);
    private final Matrix sums = operand(IMAGES, CHANNELS);

    /** A direction of a convolution. */
    private interface Direction {
        void run(KernelSet set, Convolution shape);
    }

    private final Family family;

    /** Makes one for one of the families of direct convolutions. */
    ConvolutionProbe(Family family) {
        this.family = family;
    }

    @Override
    public List<Kernel> kernels() {
        return switch (family) {
            case CONVOLUTIONS ->
                    List.of(
                            each(CHANNELS, 3, 1, 1, this::forward),
                            each(CHANNELS, 3, 1, 1, this::weightGradient),
                            // First layers, which have few taps.
                            each(1, 5, 1, 0, this::weightGradient),
                            each(3, 3, 1, 0, this::weightGradient),
                            this::biasGradient);
            case STRIDED_CONVOLUTIONS ->
                    List.of(
                            each(CHANNELS, 3, 2, 1, this::forward),
                            each(CHANNELS, 3, 2, 1, this::weightGradient));
            case CONVOLUTION_INPUTS ->
                    List.of(
                            each(CHANNELS, 3, 1, 1, this::inputGradient),
                            each(CHANNELS, 3, 2, 1, this::inputGradient));
            default -> throw new IllegalArgumentException(family.name());
        };
    }

    private static Kernel each(
            int channels, int kernel, int stride, int padding, Direction direction) {
        return (set, length) -> {
            for (int size : new int[] {SMALL, length < LARGEST ? SMALL : LARGEST}) {
                Axis axis = Axis.of(size, kernel, stride, padding, 1);
                direction.run(set, new Convolution(channels, OUT, 1, new Window(axis, axis)));
            }
        };
    }

    private void forward(KernelSet set, Convolution shape) {
        Epilogue end = Epilogue.activate(bias, Activation.RELU);
        set.convolutions().convolve(shape, images(shape), weight, outputs(shape), end, 0, IMAGES);
    }

    private void weightGradient(KernelSet set, Convolution shape) {
        Matrix gradient = columns(dWeight, shape.depth());
        set.convolutions()
                .weightGradient(
                        shape,
                        images(shape),
                        outputs(shape),
                        0,
                        gradient,
                        0,
                        OUT,
                        0,
                        shape.depth());
    }

    private void inputGradient(KernelSet set, Convolution shape) {
        Matrix image = images(shape);
        Matrix gradient = columns(dx, image.cols());
        Epilogue end = Epilogue.gradient(Activation.RELU, image);
        set.convolutions().inputGradient(shape, outputs(shape), weight, gradient, end, 0, IMAGES);
    }

    private void biasGradient(KernelSet set, int length) {
        for (int size : new int[] {SMALL, LARGEST}) {
            Matrix images = columns(x, CHANNELS * size * size);
            set.channels().imageSums(images, sums, 0, IMAGES);
            set.channels().channelSums(images, 0, columns(bias, CHANNELS), 0, CHANNELS);
        }
    }

    private Matrix images(Convolution shape) {
        return columns(x, shape.inChannels() * shape.window().inputs());
    }

    private Matrix outputs(Convolution shape) {
        return columns(y, OUT * shape.window().outputs());
    }
}
