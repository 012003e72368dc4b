package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;

/**
 * The products of one image and group, and the buffers that a thread uses again for all of them.
 *
 * <pre>
 *   y       = weight            patches      rows are channels, columns positions
 *   dWeight = dy                patches'     (+ what earlier images gave)
 *   patches = weight'           dy           then each row is added back to where it was seen
 * </pre>
 *
 * <p>So that the patches stay in the L2 cache, the first two go over the outputs by some rows at a
 * time, the last over the input channels.
 */
final class ConvolutionProduct {

    /** Elements of patches at a time: 512 KiB. */
    private static final int BLOCK = 128 * 1024;

    private final BlockedProduct product = new BlockedProduct();
    private final PaddedImage image = new PaddedImage();
    private final Patches patches = new Patches();

    /** Gets the buffers ready for this shape; the padding stays zero from image to image. */
    void reserve(Convolution shape) {
        image.reserve(shape.window(), shape.groupIn());
    }

    private void load(Convolution shape, int group, Matrix x, int i) {
        int channel = group * shape.groupIn() * shape.window().inputs();
        image.load(x.data(), x.offset() + i * x.ld() + channel, shape.groupIn());
    }

    void convolve(Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int i) {
        load(shape, group, x, i);
        Window window = shape.window();
        int width = window.cols().out();
        int height = window.rows().out();
        int k = shape.depth();
        int m = shape.groupOut();
        int w = weight.offset() + group * m * weight.ld();
        int c = y.offset() + i * y.ld() + group * m * window.outputs();
        int rows = Math.clamp(BLOCK / (k * (long) width), 1, height);
        for (int from = 0; from < height; from += rows) {
            int to = Math.min(height, from + rows);
            int n = (to - from) * width;
            patches.gather(image, window, 0, k, from, to);
            product.left(weight.data(), w, weight.ld(), 1);
            product.right(patches.data(), 0, n, 1);
            product.run(m, n, k, false, y.data(), c + from * width, window.outputs());
        }
    }

    /** Adds image i's share to a rectangle of dWeight, or begins with it. */
    void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            int i,
            boolean add,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        load(shape, fromRow / shape.groupOut(), x, i);
        Window window = shape.window();
        int width = window.cols().out();
        int height = window.rows().out();
        int n = toCol - fromCol;
        int a = dy.offset() + i * dy.ld() + fromRow * window.outputs();
        int c = dWeight.offset() + fromRow * dWeight.ld() + fromCol;
        int rows = Math.clamp(BLOCK / (n * (long) width), 1, height);
        for (int from = 0; from < height; from += rows) {
            int to = Math.min(height, from + rows);
            int k = (to - from) * width;
            patches.gather(image, window, fromCol, toCol, from, to);
            product.left(dy.data(), a + from * width, window.outputs(), 1);
            product.right(patches.data(), 0, 1, k);
            boolean more = add || from > 0;
            product.run(toRow - fromRow, n, k, more, dWeight.data(), c, dWeight.ld());
        }
    }

    void inputGradient(Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int i) {
        Window window = shape.window();
        int n = window.outputs();
        int taps = window.taps();
        int k = shape.groupOut();
        int b = dy.offset() + i * dy.ld() + group * k * n;
        int to = dx.offset() + i * dx.ld() + group * shape.groupIn() * window.inputs();
        int most = Math.clamp(BLOCK / (taps * (long) n), 1, shape.groupIn());
        for (int channel = 0; channel < shape.groupIn(); channel += most) {
            int channels = Math.min(most, shape.groupIn() - channel);
            int m = channels * taps;
            int w = weight.offset() + group * k * weight.ld() + channel * taps;
            patches.reserve(m * n);
            product.left(weight.data(), w, 1, weight.ld());
            product.right(dy.data(), b, n, 1);
            product.run(m, n, k, false, patches.data(), 0, n);
            image.clear(channels);
            patches.scatter(image, window, channels);
            image.store(dx.data(), to + channel * window.inputs(), channels);
        }
    }
}
