package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.simd.gemm.BlockedProduct;

import java.util.Arrays;

/**
 * Convolutions with a single tap and no padding: of each image and group a product with the inputs
 * that are seen, a row for each channel. If windows see all of them, they are read where they lie.
 *
 * <pre>
 *   y = weight x       dWeight = dy x'       dx = weight' dy
 * </pre>
 */
final class PointwiseConvolution implements ImageProduct {

    /** Positions of an image from which on sums for the weights are long enough. */
    private static final int MANY = 256;

    /** Positions of several images to copy for a sum where one has fewer. */
    private static final int POSITIONS = 2 * MANY;

    private final BlockedProduct product = new BlockedProduct();
    private float[] seen = new float[0];
    private float[] gradients = new float[0];

    /** Returns whether a convolution is one. */
    static boolean is(Convolution shape) {
        return is(shape.window().rows()) && is(shape.window().cols());
    }

    private static boolean is(Axis axis) {
        boolean inside = axis.position(axis.out() - 1, 0) < axis.size();
        return axis.kernel() == 1 && axis.padding() == 0 && inside;
    }

    private static boolean seesAll(Window window) {
        return window.outputs() == window.inputs();
    }

    @Override
    public void convolve(Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int i) {
        Window window = shape.window();
        int m = shape.groupOut();
        int k = shape.groupIn();
        int n = window.outputs();
        product.left(weight.data(), weight.offset() + group * m * weight.ld(), weight.ld(), 1);
        int from = x.offset() + i * x.ld() + group * k * window.inputs();
        if (seesAll(window)) {
            product.right(x.data(), from, n, 1);
        } else {
            seen = atLeast(seen, k * n);
            gather(window, k, x.data(), from, seen, 0, n);
            product.right(seen, 0, n, 1);
        }
        product.run(m, n, k, false, y.data(), y.offset() + i * y.ld() + group * m * n, n);
    }

    /** Computes rows [fromRow, toRow), which lie in one group, of columns [fromCol, toCol). */
    void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            boolean add,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        Window window = shape.window();
        int n = window.outputs();
        int m = toRow - fromRow;
        int cols = toCol - fromCol;
        int channel = fromRow % shape.outChannels();
        int firstSeen = channel / shape.groupOut() * shape.groupIn() + fromCol;
        int left = dy.offset() + channel * n;
        int right = x.offset() + firstSeen * window.inputs();
        int to = sums.offset() + fromRow * sums.ld() + fromCol;
        int first = ConvolutionKernels.firstImage(shape, fromRow, x);
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        boolean whole = seesAll(window) && n >= MANY;
        int some = whole ? 1 : Math.max(1, POSITIONS / n);
        int i = first;
        do {
            int k = Math.min(some, end - i) * n;
            if (whole) {
                product.left(dy.data(), left + i * dy.ld(), n, 1);
                product.right(x.data(), right + i * x.ld(), 1, n);
            } else {
                gradients = atLeast(gradients, m * k);
                seen = atLeast(seen, cols * k);
                for (int g = 0; g < k / n; g++) {
                    copy(m, n, dy.data(), left + (i + g) * dy.ld(), gradients, g * n, k);
                    gather(window, cols, x.data(), right + (i + g) * x.ld(), seen, g * n, k);
                }
                product.left(gradients, 0, k, 1);
                product.right(seen, 0, 1, k);
            }
            product.run(m, cols, k, add || i > first, sums.data(), to, sums.ld());
            i += some;
        } while (i < end);
    }

    @Override
    public void inputGradient(
            Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int i) {
        Window window = shape.window();
        int m = shape.groupIn();
        int k = shape.groupOut();
        int n = window.outputs();
        product.left(weight.data(), weight.offset() + group * k * weight.ld(), 1, weight.ld());
        product.right(dy.data(), dy.offset() + i * dy.ld() + group * k * n, n, 1);
        int to = dx.offset() + i * dx.ld() + group * m * window.inputs();
        if (seesAll(window)) {
            product.run(m, n, k, false, dx.data(), to, n);
            addZero(dx.data(), to, to + m * n);
        } else {
            seen = atLeast(seen, m * n);
            product.run(m, n, k, false, seen, 0, n);
            addZero(seen, 0, m * n);
            Arrays.fill(dx.data(), to, to + m * window.inputs(), 0f);
            scatter(window, m, seen, dx.data(), to);
        }
    }

    private static float[] atLeast(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    private static void copy(int rows, int n, float[] x, int from, float[] y, int to, int ld) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, from + row * n, y, to + row * ld, n);
        }
    }

    /** Copies what is seen of some channels to rows that are ld apart. */
    private static void gather(
            Window window, int channels, float[] x, int from, float[] seen, int to, int ld) {
        if (seesAll(window)) {
            copy(channels, window.inputs(), x, from, seen, to, ld);
            return;
        }
        Axis rows = window.rows();
        Axis cols = window.cols();
        for (int row = 0; row < channels * rows.out(); row++) {
            int channel = row / rows.out();
            int y = row % rows.out();
            int start = from + channel * window.inputs() + y * rows.stride() * cols.size();
            int at = to + channel * ld + y * cols.out();
            for (int q = 0; q < cols.out(); q++) {
                seen[at + q] = x[start + q * cols.stride()];
            }
        }
    }

    private static void scatter(Window window, int channels, float[] seen, float[] x, int to) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int at = 0;
        for (int row = 0; row < channels * rows.out(); row++) {
            int channel = to + row / rows.out() * window.inputs();
            int start = channel + row % rows.out() * rows.stride() * cols.size();
            for (int q = 0; q < cols.out(); q++) {
                x[start + q * cols.stride()] = seen[at++];
            }
        }
    }

    /** Makes 0 of -0, as the sum over taps does, which starts from 0. */
    private static void addZero(float[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] += 0f;
        }
    }
}
