package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.simd.gemm.BlockedProduct;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Transposition;

import java.util.Arrays;

/**
 * A rectangle of a convolution's weight gradient, within a group, and the buffers of its thread.
 *
 * <pre>
 *   dWeight' = patches'           dy'      rows are taps, columns output channels
 * </pre>
 *
 * <p>Sums go over all positions of all images, some images at a time, so that they are long enough
 * to be worth a tile; see {@link TapTile}. What dy' is multiplied with is packed into a micropanel,
 * a row for each position.
 */
final class ConvolutionWeightGradient {

    private static final int NR = MicroKernel.NR;

    /** Positions that a sum should go over at a time. */
    private static final int POSITIONS = 512;

    private final PaddedImages padded = new PaddedImages();
    private final Transposition transposition = Transposition.inPasses();
    private float[] panel = new float[0];
    private float[] sums = new float[0];
    private int[] positions = new int[0];

    private PaddedImage images;
    private Convolution shape;
    private int fromRow;
    private int fromCol;
    private int rows;
    private int cols;
    private int pitch;
    private int atOnce;

    /** Computes rows [fromRow, toRow), which lie in one group, of columns [fromCol, toCol). */
    void run(
            Convolution shape,
            Matrix x,
            Matrix dy,
            boolean add,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        int first = ConvolutionKernels.firstImage(shape, fromRow, x);
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        run(shape, x, dy, add, dWeight, fromRow, toRow, fromCol, toCol, first, end);
    }

    /** Adds what one image gives. */
    void addImage(
            Convolution shape,
            Matrix x,
            Matrix dy,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol,
            int image) {
        run(shape, x, dy, true, dWeight, fromRow, toRow, fromCol, toCol, image, image + 1);
    }

    private void run(
            Convolution shape,
            Matrix x,
            Matrix dy,
            boolean add,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol,
            int first,
            int end) {
        this.shape = shape;
        this.fromRow = fromRow;
        this.fromCol = fromCol;
        rows = toRow - fromRow;
        cols = toCol - fromCol;
        pitch = Math.ceilDiv(rows, NR) * NR;
        atOnce = Math.max(1, POSITIONS / shape.window().outputs());
        images = padded.of(shape.window(), shape.groupIn(), atOnce);
        reserve();
        place(images.isAsItLies() ? x.ld() : images.imageStep());
        if (add || end == first) {
            load(dWeight, add);
        }
        for (int i = first; i < end; i += atOnce) {
            some(x, dy, i, Math.min(atOnce, end - i), add || i > first);
        }
        store(dWeight);
    }

    private void reserve() {
        int size = Math.ceilDiv(cols, TapTile.TAPS) * TapTile.TAPS * pitch;
        if (sums.length < size) {
            sums = new float[size];
        }
        int most = atOnce * shape.window().outputs();
        if (positions.length < most) {
            positions = new int[most];
        }
        int block = Math.min(most, BlockedProduct.KC) * NR;
        if (panel.length < block) {
            panel = new float[block];
        }
    }

    /** Notes where each output position of each image finds its patch. */
    private void place(int imageStep) {
        Window window = shape.window();
        int at = 0;
        for (int g = 0; g < atOnce; g++) {
            for (int y = 0; y < window.rows().out(); y++) {
                int row = g * imageStep + y * images.rowStep();
                for (int x = 0; x < window.cols().out(); x++) {
                    positions[at++] = row + x;
                }
            }
        }
    }

    private void load(Matrix dWeight, boolean add) {
        Arrays.fill(sums, 0f);
        for (int r = 0; add && r < rows; r++) {
            int at = dWeight.offset() + (fromRow + r) * dWeight.ld() + fromCol;
            for (int p = 0; p < cols; p++) {
                sums[p * pitch + r] = dWeight.data()[at + p];
            }
        }
    }

    private void store(Matrix dWeight) {
        for (int r = 0; r < rows; r++) {
            int at = dWeight.offset() + (fromRow + r) * dWeight.ld() + fromCol;
            for (int p = 0; p < cols; p++) {
                dWeight.data()[at + p] = sums[p * pitch + r];
            }
        }
    }

    /** Adds what count images from image i on give. */
    private void some(Matrix x, Matrix dy, int i, int count, boolean add) {
        Window window = shape.window();
        int at = x.offset() + i * x.ld();
        int channel = fromRow % shape.outChannels();
        at += channel / shape.groupOut() * shape.groupIn() * window.inputs();
        float[] seen = x.data();
        if (!images.isAsItLies()) {
            for (int g = 0; g < count; g++) {
                images.load(x.data(), at + g * x.ld(), g);
            }
            seen = images.data();
            at = 0;
        }
        int n = window.outputs();
        for (int row = 0; row < rows; row += NR) {
            int channels = Math.min(NR, rows - row);
            for (int from = 0; from < count * n; from += BlockedProduct.KC) {
                int k = Math.min(BlockedProduct.KC, count * n - from);
                for (int g = 0; g < count; g++) {
                    int gradient = dy.offset() + (i + g) * dy.ld() + (channel + row) * n + from;
                    int to = g * n * NR;
                    transposition.run(channels, k / count, dy.data(), gradient, n, panel, to, NR);
                }
                multiply(seen, at, row, channels, from, k, add || from > 0);
            }
        }
        images.release();
    }

    private void multiply(
            float[] seen, int at, int row, int channels, int from, int k, boolean add) {
        int last = fromCol + cols - 1;
        for (int tap = fromCol; tap <= last; tap += TapTile.TAPS) {
            int to = (tap - fromCol) * pitch + row;
            TapTile.run(
                    channels,
                    k,
                    seen,
                    at,
                    images.taps(),
                    tap,
                    last,
                    positions,
                    from,
                    panel,
                    sums,
                    to,
                    pitch,
                    add);
        }
    }
}
