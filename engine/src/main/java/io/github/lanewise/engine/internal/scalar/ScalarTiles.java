package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.WideImages;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradKernels;
import io.github.lanewise.engine.internal.WinogradPoints;

import java.util.Arrays;

/**
 * Convolution by Winograd's algorithm, and its gradients, tile by tile for a group of channels:
 * what the SIMD kernels do, as plain loops. The inner ones run along the pairs of points, in arrays
 * of their own, so that C2 can use the CPU's vectors.
 */
final class ScalarTiles implements WinogradKernels.Group {

    private static final int MOST_PAIRS = WinogradPoints.MOST * WinogradPoints.MOST;

    private final WideImages wide = new WideImages(ScalarMagnitudes::of);
    private final float[] patch = new float[MOST_PAIRS];
    private final float[] half = new float[MOST_PAIRS];
    private final float[] products = new float[MOST_PAIRS];
    private float[][] weights = new float[0][];
    private float[][] values = new float[0][];
    private float[][] gradients = new float[0][];

    private Convolution shape;
    private Window window;
    private Axis rows;
    private Axis cols;
    private WinogradPoints grid;
    private int side;
    private int pairs;
    private int height;
    private int width;
    private int across;
    private int tiles;

    /** Whether images are taken for zeros. */
    private boolean blank;

    @Override
    public WideImages wide() {
        return wide;
    }

    private void of(Convolution shape) {
        this.shape = shape;
        window = shape.window();
        rows = window.rows();
        cols = window.cols();
        grid = Winograd.points(shape);
        side = grid.side();
        pairs = grid.pairs();
        height = grid.outputs(rows);
        width = grid.outputs(cols);
        across = grid.tiles(cols);
        tiles = grid.tiles(rows) * across;
    }

    @Override
    public void convolve(
            Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int from, int to) {
        of(shape);
        int in = shape.groupIn();
        int out = shape.groupOut();
        weightsToPoints(weight, group * out);
        values = atLeast(values, in);
        blank = false;
        for (int image = from; image < to; image++) {
            int at = x.offset() + image * x.ld() + group * in * window.inputs();
            wide.lookAtInputs(image, x.data(), at, in);
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
        blank = false;
        for (int image = from; image < to; image++) {
            int dyAt = dy.offset() + image * dy.ld() + group * out * window.outputs();
            wide.lookAtOutputs(image, dy.data(), dyAt, out);
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
        int firstOut = fromRow % shape.outChannels();
        int firstIn = firstOut / shape.groupOut() * shape.groupIn() + fromCol / window.taps();
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        values = atLeast(values, in);
        gradients = atLeast(gradients, out);
        weights = atLeast(weights, in * out);
        for (int pair = 0; pair < in * out; pair++) {
            Arrays.fill(weights[pair], 0f);
        }
        for (int image = ConvolutionKernels.firstImage(shape, fromRow, x); image < end; image++) {
            blank = wide.look(shape, firstOut, x, dy, image);
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
        return arrays.length < count ? new float[count][MOST_PAIRS] : arrays;
    }

    private void multiplyAdd(float[] a, float[] b, float[] c) {
        for (int point = 0; point < pairs; point++) {
            c[point] = Fma.fma(a[point], b[point], c[point]);
        }
    }

    /** Brings the weights of a group to the points: down the columns, along the rows, scaled. */
    private void weightsToPoints(Matrix weight, int firstRow) {
        int count = shape.groupIn() * shape.groupOut();
        weights = atLeast(weights, count);
        int h = rows.kernel();
        int w = cols.kernel();
        for (int pair = 0; pair < count; pair++) {
            int row = firstRow + pair % shape.groupOut();
            int at = weight.offset() + row * weight.ld();
            at += pair / shape.groupOut() * window.taps();
            float[] points = weights[pair];
            for (int x = 0; x < w; x++) {
                ScalarEvaluation.run(grid, h, weight.data(), at + x, w, half, x, side);
            }
            for (int y = 0; y < side; y++) {
                ScalarEvaluation.run(grid, w, half, y * side, 1, points, y * side, 1);
            }
            for (int point = 0; point < pairs; point++) {
                points[point] *= grid.factor(point);
            }
        }
    }

    private void weightFromPoints(float[] points, boolean add, float[] sums, int at) {
        int h = rows.kernel();
        int w = cols.kernel();
        for (int point = 0; point < pairs; point++) {
            points[point] *= grid.factor(point);
        }
        for (int x = 0; x < side; x++) {
            ScalarEvaluation.transposed(grid, h, points, x, side, half, x, side);
        }
        for (int y = 0; y < h; y++) {
            ScalarEvaluation.transposed(grid, w, half, y * side, 1, patch, y * side, 1);
        }
        for (int tap = 0; tap < h * w; tap++) {
            float before = add ? sums[at + tap] : 0f;
            sums[at + tap] = before + patch[tap / w * side + tap % w];
        }
    }

    private void inputsToPoints(Matrix x, int image, int channel, int tile, float[] points) {
        int top = tile / across * height - rows.padding();
        int left = tile % across * width - cols.padding();
        int from = x.offset() + image * x.ld() + channel * window.inputs();
        read(x.data(), from, rows.size(), cols.size(), top, left, side, side);
        for (int i = 0; i < side; i++) {
            ScalarInterpolation.transposed(grid, patch, i, side, half, i, side);
        }
        for (int i = 0; i < side; i++) {
            ScalarInterpolation.transposed(grid, half, i * side, 1, points, i * side, 1);
        }
    }

    private void addInputsFromPoints(Matrix dx, int image, int channel, int tile) {
        for (int i = 0; i < side; i++) {
            ScalarInterpolation.run(grid, products, i, side, half, i, side);
        }
        for (int i = 0; i < side; i++) {
            ScalarInterpolation.run(grid, half, i * side, 1, patch, i * side, 1);
        }
        int top = tile / across * height - rows.padding();
        int left = tile % across * width - cols.padding();
        int at = dx.offset() + image * dx.ld() + channel * window.inputs();
        for (int i = 0; i < pairs; i++) {
            int y = top + i / side;
            int x = left + i % side;
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
            ScalarEvaluation.run(grid, height, patch, x, side, half, x, side);
        }
        for (int i = 0; i < side; i++) {
            ScalarEvaluation.run(grid, width, half, i * side, 1, points, i * side, 1);
        }
    }

    private void outputsFromPoints(Matrix y, int image, int channel, int tile) {
        for (int x = 0; x < side; x++) {
            ScalarEvaluation.transposed(grid, height, products, x, side, half, x, side);
        }
        for (int i = 0; i < height; i++) {
            ScalarEvaluation.transposed(grid, width, half, i * side, 1, patch, i * side, 1);
        }
        int top = tile / across * height;
        int left = tile % across * width;
        int at = y.offset() + image * y.ld() + channel * window.outputs();
        for (int oy = top; oy < Math.min(top + height, rows.out()); oy++) {
            for (int ox = left; ox < Math.min(left + width, cols.out()); ox++) {
                y.data()[at + oy * cols.out() + ox] = patch[(oy - top) * side + ox - left];
            }
        }
    }

    /** Reads a piece of an image; what lies outside is zero, and so is a blank one. */
    private void read(
            float[] image, int from, int rows, int cols, int top, int left, int height, int width) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int iy = top + y;
                int ix = left + x;
                boolean inside = !blank && iy >= 0 && iy < rows && ix >= 0 && ix < cols;
                patch[y * side + x] = inside ? image[from + iy * cols + ix] : 0f;
            }
        }
    }
}
