package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.gemm.BlockedProduct;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.gemm.TileColumn;

/**
 * The products of one image and group, and the buffers that a thread uses again for all of them.
 *
 * <pre>
 *   y       = weight            patches      rows are channels, columns positions
 *   patches = weight'           dy           then each element adds up what its taps send back
 * </pre>
 *
 * <p>For the first, a micropanel of patches is gathered from the image right before it is
 * multiplied: the matrix of all patches is never made.
 */
final class ConvolutionProduct implements ImageProduct {

    private static final int NR = MicroKernel.NR;

    /** Elements of patches at a time: 512 KiB. */
    private static final int BLOCK = 128 * 1024;

    /** Images for which it pays to pack the weights; a single one is not worth it. */
    private static final int SEVERAL = 2;

    private final TileColumn tiles = new TileColumn();
    private final BlockedProduct product = new BlockedProduct();
    private final PaddedImages images = new PaddedImages();
    private final ShiftedConvolution shifted = new ShiftedConvolution();
    private final PatchPanel panel = new PatchPanel();
    private final Col2Im gradient = new Col2Im();
    private float[] patches = new float[0];
    private boolean shifts;

    @Override
    public void prepare(Convolution shape, Matrix weight, int count) {
        shifts = count >= SEVERAL && ShiftedRows.suit(shape.window(), shape.groupIn());
        if (shifts) {
            shifted.pack(shape, weight);
        }
    }

    @Override
    public void convolve(Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int i) {
        Window window = shape.window();
        PaddedImage image = images.of(window, shape.groupIn(), 1);
        image.load(x.data(), x.offset() + i * x.ld() + group * shape.groupIn() * window.inputs());
        int c = y.offset() + i * y.ld() + group * shape.groupOut() * window.outputs();
        if (shifts) {
            image.shifted().load();
            shifted.run(image.shifted(), group, window.outputs(), y.data(), c);
        } else {
            multiplyPatches(shape, group, image, weight, y.data(), c);
        }
        image.release();
    }

    private void multiplyPatches(
            Convolution shape, int group, PaddedImage image, Matrix weight, float[] y, int c) {
        Window window = shape.window();
        int m = shape.groupOut();
        int n = window.outputs();
        int k = shape.depth();
        int w = weight.offset() + group * m * weight.ld();
        tiles.left(weight.data(), w, weight.ld(), 1, m);
        for (int pc = 0; pc < k; pc += BlockedProduct.KC) {
            int kc = Math.min(BlockedProduct.KC, k - pc);
            panel.reserve(kc);
            for (int q = 0; q < n; q += NR) {
                int nr = Math.min(NR, n - q);
                panel.ofPositions(image, window, pc, kc, q, nr);
                tiles.run(0, m, pc, kc, panel.data(), 0, nr, y, c + q, n, pc > 0);
            }
        }
        tiles.release();
    }

    @Override
    public void inputGradient(
            Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int i) {
        Window window = shape.window();
        int n = window.outputs();
        int taps = window.taps();
        int k = shape.groupOut();
        int b = dy.offset() + i * dy.ld() + group * k * n;
        int to = dx.offset() + i * dx.ld() + group * shape.groupIn() * window.inputs();
        int end = to + shape.groupIn() * window.inputs();
        int most = Math.clamp(BLOCK / (taps * (long) n), 1, shape.groupIn());
        reserve(most * taps * n);
        for (int channel = 0; channel < shape.groupIn(); channel += most) {
            int channels = Math.min(most, shape.groupIn() - channel);
            int w = weight.offset() + group * k * weight.ld() + channel * taps;
            product.left(weight.data(), w, 1, weight.ld());
            product.right(dy.data(), b, n, 1);
            product.run(channels * taps, n, k, false, patches, Col2Im.START, n);
            int at = to + channel * window.inputs();
            addUp(window, channels, dx.data(), at, end);
        }
    }

    private void addUp(Window window, int channels, float[] dx, int to, int end) {
        for (int c = 0; c < channels; c++) {
            int at = Col2Im.START + c * window.taps() * window.outputs();
            gradient.channel(window, patches, at, dx, to + c * window.inputs(), end);
        }
    }

    private void reserve(int size) {
        if (patches.length < size + 2 * Col2Im.START) {
            patches = new float[size + 2 * Col2Im.START];
        }
    }
}
