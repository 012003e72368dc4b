package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.WideImages;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradKernels;
import io.github.lanewise.engine.internal.WinogradPoints;

/**
 * Convolution by Winograd's algorithm, and its gradients, of one group of channels: some tiles at a
 * time go to the points, are multiplied there, and come back.
 */
public final class WinogradConvolution implements WinogradKernels.Group {

    /** Tiles at the points at a time: sums of the weights' gradient are as long. */
    private static final int BLOCK = 32;

    private final WideImages wide = new WideImages(SimdMagnitudes::of);
    private final WinogradTile tiles = new WinogradTile();
    private final WinogradWeights weights = new WinogradWeights();
    private final ChannelsLast inputs = new ChannelsLast();
    private final ChannelsLast outputs = new ChannelsLast();
    private final PointValues left = new PointValues();
    private final PointValues right = new PointValues();
    private final PointValues products = new PointValues();

    private final RecentWeights recent;
    private WinogradPoints points;
    private int positionsIn;
    private int positionsOut;

    /** Makes one that takes weights from there if they have come before. */
    public WinogradConvolution(RecentWeights recent) {
        this.recent = recent;
    }

    @Override
    public WideImages wide() {
        return wide;
    }

    private void of(Convolution shape, int in, int out) {
        Window window = shape.window();
        points = Winograd.points(shape);
        tiles.of(window, points);
        weights.of(window, points);
        positionsIn = window.inputs();
        positionsOut = window.outputs();
        inputs.reserve(in, window.rows().size(), window.cols().size());
        outputs.reserve(out, window.rows().out(), window.cols().out());
    }

    @Override
    public void convolve(
            Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int from, int to) {
        int in = shape.groupIn();
        int out = shape.groupOut();
        of(shape, in, out);
        int count = tiles.count();
        int all = (to - from) * count;
        PointValues atPoints = right;
        if (all <= BLOCK && RecentWeights.suit(points, shape)) {
            atPoints = recent.byInputs(points, shape, group, weight, weights, right);
        } else {
            weights.byInputs(weight, group * out, in, out, right);
        }
        left.ofRows(points, BLOCK, in);
        products.ofRows(points, BLOCK, out);
        int xAt = x.offset() + from * x.ld() + group * in * positionsIn;
        int yAt = y.offset() + from * y.ld() + group * out * positionsOut;
        for (int first = 0; first < all; first += BLOCK) {
            int n = Math.min(BLOCK, all - first);
            for (int t = 0; t < n; t++) {
                int tile = (first + t) % count;
                if (tile == 0) {
                    int image = (first + t) / count;
                    wide.lookAtInputs(from + image, x.data(), xAt + image * x.ld(), in);
                    inputs.load(x.data(), xAt + image * x.ld());
                }
                tiles.inputs(tile, inputs, left, t);
            }
            PointProducts.run(n, in, left, atPoints, products);
            for (int t = 0; t < n; t++) {
                int tile = (first + t) % count;
                tiles.outputs(tile, products, t, outputs);
                if (tile == count - 1) {
                    outputs.store(y.data(), yAt + (first + t) / count * y.ld());
                }
            }
        }
    }

    @Override
    public void inputGradient(
            Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int from, int to) {
        int in = shape.groupIn();
        int out = shape.groupOut();
        of(shape, in, out);
        weights.byOutputs(weight, group * out, in, out, right);
        int count = tiles.count();
        int all = (to - from) * count;
        left.ofRows(points, BLOCK, out);
        products.ofRows(points, BLOCK, in);
        int dyAt = dy.offset() + from * dy.ld() + group * out * positionsOut;
        int dxAt = dx.offset() + from * dx.ld() + group * in * positionsIn;
        for (int first = 0; first < all; first += BLOCK) {
            int n = Math.min(BLOCK, all - first);
            for (int t = 0; t < n; t++) {
                int tile = (first + t) % count;
                if (tile == 0) {
                    int image = (first + t) / count;
                    wide.lookAtOutputs(from + image, dy.data(), dyAt + image * dy.ld(), out);
                    outputs.load(dy.data(), dyAt + image * dy.ld());
                }
                tiles.gradients(tile, outputs, left, t);
            }
            PointProducts.run(n, out, left, right, products);
            for (int t = 0; t < n; t++) {
                int tile = (first + t) % count;
                if (tile == 0) {
                    inputs.clear();
                }
                tiles.addInputs(tile, products, t, inputs);
                if (tile == count - 1) {
                    inputs.store(dx.data(), dxAt + (first + t) / count * dx.ld());
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
        int taps = shape.window().taps();
        int in = (toCol - fromCol) / taps;
        int out = toRow - fromRow;
        of(shape, in, out);
        int firstOut = fromRow % shape.outChannels();
        int firstIn = firstOut / shape.groupOut() * shape.groupIn() + fromCol / taps;
        int from = ConvolutionKernels.firstImage(shape, fromRow, x);
        int to = ConvolutionKernels.endImage(shape, fromRow, x);
        int count = tiles.count();
        int all = (to - from) * count;
        left.ofRows(points, BLOCK, in);
        right.ofPanels(points, BLOCK, out);
        products.ofRows(points, PointValues.width(in), out);
        int xAt = x.offset() + from * x.ld() + firstIn * positionsIn;
        int dyAt = dy.offset() + from * dy.ld() + firstOut * positionsOut;
        int first = 0;
        do {
            int n = Math.min(BLOCK, all - first);
            for (int t = 0; t < n; t++) {
                int image = (first + t) / count;
                int tile = (first + t) % count;
                if (tile == 0) {
                    if (wide.look(shape, firstOut, x, dy, from + image)) {
                        inputs.clear();
                        outputs.clear();
                    } else {
                        inputs.load(x.data(), xAt + image * x.ld());
                        outputs.load(dy.data(), dyAt + image * dy.ld());
                    }
                }
                tiles.inputs(tile, inputs, left, t);
                tiles.gradients(tile, outputs, right, t);
            }
            PointProducts.transposed(in, n, left, right, products, first > 0);
            first += BLOCK;
        } while (first < all);
        int at = sums.offset() + fromRow * sums.ld() + fromCol;
        weights.gradient(products, in, out, add, sums.data(), at, sums.ld());
    }
}
