package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.PoolKernels;

import java.util.List;

/** Pooling, by two with stride two and by three with either, of images of two sizes. */
final class PoolProbe implements FamilyProbe {

    private static final int CHANNELS = 4;
    private static final int IMAGES = 2;
    private static final int SMALL = 7;
    private static final int LARGEST = 25;

    private final Matrix x = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix y = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final Matrix dx = operand(IMAGES, CHANNELS * LARGEST * LARGEST);
    private final int[] indices = new int[IMAGES * CHANNELS * LARGEST * LARGEST];

    /** What to do with images of some size. */
    private interface Step {
        void run(PoolKernels pools, Window window, Matrix image, Matrix output, Matrix gradient);
    }

    private final boolean maxima;

    /** Makes one for max-pooling or for average pooling. */
    PoolProbe(boolean maxima) {
        this.maxima = maxima;
    }

    @Override
    public List<Kernel> kernels() {
        Step forward = maxima ? this::maxima : PoolProbe::means;
        Step backward = maxima ? this::maximaGradient : PoolProbe::meansGradient;
        return List.of(
                each(2, 2, 0, forward),
                each(3, 1, 1, forward),
                each(3, 2, 1, forward),
                each(2, 2, 0, backward),
                each(3, 1, 1, backward),
                each(3, 2, 1, backward));
    }

    private Kernel each(int kernel, int stride, int padding, Step step) {
        return (set, length) -> {
            for (int size : new int[] {SMALL, length < LARGEST ? SMALL : LARGEST}) {
                Axis axis = Axis.of(size, kernel, stride, padding, 1);
                Window window = new Window(axis, axis);
                Matrix image = columns(x, CHANNELS * window.inputs());
                Matrix output = columns(y, CHANNELS * window.outputs());
                step.run(set.pools(), window, image, output, columns(dx, image.cols()));
            }
        };
    }

    private void maxima(PoolKernels pools, Window window, Matrix image, Matrix output, Matrix dx) {
        pools.maxPool(window, image, output, indices, 0, IMAGES);
    }

    private void maximaGradient(
            PoolKernels pools, Window window, Matrix image, Matrix output, Matrix dx) {
        pools.maxPoolGradient(window, indices, output, dx, 0, IMAGES);
    }

    private static void means(
            PoolKernels pools, Window window, Matrix image, Matrix output, Matrix dx) {
        pools.averagePool(rows(window), cols(window), image, output, 0, IMAGES);
    }

    private static void meansGradient(
            PoolKernels pools, Window window, Matrix image, Matrix output, Matrix dx) {
        pools.averagePoolGradient(rows(window), cols(window), output, dx, 0, IMAGES);
    }

    private static Regions rows(Window window) {
        return Regions.of(window.rows(), true);
    }

    private static Regions cols(Window window) {
        return Regions.of(window.cols(), true);
    }
}
