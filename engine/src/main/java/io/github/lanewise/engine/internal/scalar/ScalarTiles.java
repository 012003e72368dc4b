package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradKernels;

import java.util.Arrays;

/**
 * Convolution by Winograd's algorithm, and its gradients, tile by tile for a group of channels:
 * what the SIMD kernels do, as plain loops. The inner ones run along the pairs of points, in arrays
 * of their own, so that C2 can use the CPU's vectors.
 */
final class ScalarTiles implements WinogradKernels.Group {

    private static final int SIDE = Winograd.SIDE;
    private static final int POINTS = Winograd.POINTS;

    private final float[] patch = new float[POINTS];
    private final float[] half = new float[POINTS];
    private final float[] products = new float[POINTS];
    private float[][] weights = new float[0][];
    private float[][] values = new float[0][];
    private float[][] gradients = new float[0][];

    private Convolution shape;
    private Window window;
    private Axis rows;
    private Axis cols;
    private int height;
    private int width;
    private int across;
    private int tiles;

    private void of(Convolution shape) {
        this.shape = shape;
        window = shape.window();
        rows = window.rows();
        cols = window.cols();
        height = Winograd.outputs(rows);
        width = Winograd.outputs(cols);
        across = Winograd.tiles(cols);
        tiles = Winograd.tiles(rows) * across;
    }

    @Override
    public void convolve(
            Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int from, int to) {
        of(shape);
        int in = shape.groupIn();
        int out = shape.groupOut();
        weightsToPoints(weight, group * out);
        values = atLeast(values, in);
        for (int image = from; image < to; image++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int i = 0; i < in; i++) {
                    inputsToPoints(x, image, group * in + i, tile, values[i]);
                }
                for (int o = 0; o < out; o++) {
                    Arrays.fill(products, 0f);
                    for (int i = 0; i < in; i++) {
                        multiplyAdd(weights[i * out + o], values[i], products);
                    }
                    outputsFromPoints(y, image, group * out + o, tile);
                }
            }
        }
    }

    @Override
    public void inputGradient(
            Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int from, int to) {
        of(shape);
        int in = shape.groupIn();
        int out = shape.groupOut();
        weightsToPoints(weight, group * out);
        gradients = atLeast(gradients, out);
        for (int image = from; image < to; image++) {
            int at = dx.offset() + image * dx.ld() + group * in * window.inputs();
            Arrays.fill(dx.data(), at, at + in * window.inputs(), 0f);
            for (int tile = 0; tile < tiles; tile++) {
                for (int o = 0; o < out; o++) {
                    gradientsToPoints(dy, image, group * out + o, tile, gradients[o]);
                }
                for (int i = 0; i < in; i++) {
                    Arrays.fill(products, 0f);
                    for (int o = 0; o < out; o++) {
                        multiplyAdd(weights[i * out + o], gradients[o], products);
                    }
                    addInputsFromPoints(dx, image, group * in + i, tile);
                }
            }
        }
    }

    @Override
    public void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            boolean add,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        of(shape);
        int in = (toCol - fromCol) / window.taps();
        int out = toRow - fromRow;
        int firstOut = fromRow % shape.out();
        int firstIn = firstOut / shape.groupOut() * shape.groupIn() + fromCol / window.taps();
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        values = atLeast(values, in);
        gradients = atLeast(gradients, out);
        weights = atLeast(weights, in * out);
        for (int pair = 0; pair < in * out; pair++) {
            Arrays.fill(weights[pair], 0f);
        }
        for (int image = ConvolutionKernels.firstImage(shape, fromRow, x); image < end; image++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int i = 0; i < in; i++) {
                    inputsToPoints(x, image, firstIn + i, tile, values[i]);
                }
                for (int o = 0; o < out; o++) {
                    gradientsToPoints(dy, image, firstOut + o, tile, gradients[o]);
                }
                for (int pair = 0; pair < in * out; pair++) {
                    multiplyAdd(values[pair / out], gradients[pair % out], weights[pair]);
                }
            }
        }
        for (int pair = 0; pair < in * out; pair++) {
            int row = fromRow + pair % out;
            int at = sums.offset() + row * sums.ld() + fromCol + pair / out * window.taps();
            weightFromPoints(weights[pair], add, sums.data(), at);
        }
    }

    private static float[][] atLeast(float[][] arrays, int count) {
        int before = arrays.length;
        if (before >= count) {
            return arrays;
        }
        float[][] more = Arrays.copyOf(arrays, count);
        for (int i = before; i < count; i++) {
            more[i] = new float[POINTS];
        }
        return more;
    }

    private static void multiplyAdd(float[] a, float[] b, float[] c) {
        for (int point = 0; point < POINTS; point++) {
            c[point] = Math.fma(a[point], b[point], c[point]);
        }
    }

    /** Brings the weights of a group to the points: down the columns, along the rows, scaled. */
    private void weightsToPoints(Matrix weight, int firstRow) {
        int pairs = shape.groupIn() * shape.groupOut();
        weights = atLeast(weights, pairs);
        int h = rows.kernel();
        int w = cols.kernel();
        for (int pair = 0; pair < pairs; pair++) {
            int row = firstRow + pair % shape.groupOut();
            int at = weight.offset() + row * weight.ld();
            at += pair / shape.groupOut() * window.taps();
            float[] points = weights[pair];
            for (int x = 0; x < w; x++) {
                ScalarEvaluation.run(h, weight.data(), at + x, w, half, x, SIDE);
            }
            for (int y = 0; y < SIDE; y++) {
                ScalarEvaluation.run(w, half, y * SIDE, 1, points, y * SIDE, 1);
            }
            for (int point = 0; point < POINTS; point++) {
                points[point] *= Winograd.factor(point);
            }
        }
    }

    private void weightFromPoints(float[] points, boolean add, float[] sums, int at) {
        int h = rows.kernel();
        int w = cols.kernel();
        for (int point = 0; point < POINTS; point++) {
            points[point] *= Winograd.factor(point);
        }
        for (int x = 0; x < SIDE; x++) {
            ScalarEvaluation.transposed(h, points, x, SIDE, half, x, SIDE);
        }
        for (int y = 0; y < h; y++) {
            ScalarEvaluation.transposed(w, half, y * SIDE, 1, patch, y * SIDE, 1);
        }
        for (int tap = 0; tap < h * w; tap++) {
            float before = add ? sums[at + tap] : 0f;
            sums[at + tap] = before + patch[tap / w * SIDE + tap % w];
        }
    }

    private void inputsToPoints(Matrix x, int image, int channel, int tile, float[] points) {
        int top = tile / across * height - rows.padding();
        int left = tile % across * width - cols.padding();
        int from = x.offset() + image * x.ld() + channel * window.inputs();
        read(x.data(), from, rows.size(), cols.size(), top, left, SIDE, SIDE);
        for (int i = 0; i < SIDE; i++) {
            ScalarInterpolation.transposed(patch, i, SIDE, half, i, SIDE);
        }
        for (int i = 0; i < SIDE; i++) {
            ScalarInterpolation.transposed(half, i * SIDE, 1, points, i * SIDE, 1);
        }
    }

    private void addInputsFromPoints(Matrix dx, int image, int channel, int tile) {
        for (int i = 0; i < SIDE; i++) {
            ScalarInterpolation.run(products, i, SIDE, half, i, SIDE);
        }
        for (int i = 0; i < SIDE; i++) {
            ScalarInterpolation.run(half, i * SIDE, 1, patch, i * SIDE, 1);
        }
        int top = tile / across * height - rows.padding();
        int left = tile % across * width - cols.padding();
        int at = dx.offset() + image * dx.ld() + channel * window.inputs();
        for (int i = 0; i < POINTS; i++) {
            int y = top + i / SIDE;
            int x = left + i % SIDE;
            if (y >= 0 && y < rows.size() && x >= 0 && x < cols.size()) {
                dx.data()[at + y * cols.size() + x] += patch[i];
            }
        }
    }

    private void gradientsToPoints(Matrix dy, int image, int channel, int tile, float[] points) {
        int top = tile / across * height;
        int left = tile % across * width;
        int from = dy.offset() + image * dy.ld() + channel * window.outputs();
        read(dy.data(), from, rows.out(), cols.out(), top, left, height, width);
        for (int x = 0; x < width; x++) {
            ScalarEvaluation.run(height, patch, x, SIDE, half, x, SIDE);
        }
        for (int i = 0; i < SIDE; i++) {
            ScalarEvaluation.run(width, half, i * SIDE, 1, points, i * SIDE, 1);
        }
    }

    private void outputsFromPoints(Matrix y, int image, int channel, int tile) {
        for (int x = 0; x < SIDE; x++) {
            ScalarEvaluation.transposed(height, products, x, SIDE, half, x, SIDE);
        }
        for (int i = 0; i < height; i++) {
            ScalarEvaluation.transposed(width, half, i * SIDE, 1, patch, i * SIDE, 1);
        }
        int top = tile / across * height;
        int left = tile % across * width;
        int at = y.offset() + image * y.ld() + channel * window.outputs();
        for (int oy = top; oy < Math.min(top + height, rows.out()); oy++) {
            for (int ox = left; ox < Math.min(left + width, cols.out()); ox++) {
                y.data()[at + oy * cols.out() + ox] = patch[(oy - top) * SIDE + ox - left];
            }
        }
    }

    /** Reads a piece of an image; what lies outside is zero. */
    private void read(
            float[] image, int from, int rows, int cols, int top, int left, int height, int width) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int iy = top + y;
                int ix = left + x;
                boolean inside = iy >= 0 && iy < rows && ix >= 0 && ix < cols;
                patch[y * SIDE + x] = inside ? image[from + iy * cols + ix] : 0f;
            }
        }
    }
}
