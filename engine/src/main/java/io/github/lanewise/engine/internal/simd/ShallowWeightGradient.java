package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.ConvolutionKernels;

import java.util.Arrays;

/**
 * A rectangle of a convolution's weight gradient, within a group, where few taps are multiplied
 * with many channels, as in the first layer of a model.
 *
 * <pre>
 *   dWeight = dy                  patches      rows are output channels, columns taps
 * </pre>
 *
 * <p>Here it costs less to gather the patches of some positions as a micropanel ({@link PatchRows})
 * than to transpose dy for {@link ConvolutionWeightGradient}; dy is read where it lies.
 */
final class ShallowWeightGradient {

    private static final int NR = MicroKernel.NR;

    /** Positions at a time: a micropanel of 32 KiB at 512 bits; half as many are as fast. */
    private static final int POSITIONS = 256;

    /** With more, gathering costs more than {@link ConvolutionWeightGradient}. */
    private static final int MOST_TAPS = 32;

    private final PaddedImages kept = new PaddedImages();
    private final PatchRows patches = new PatchRows();
    private final TileColumn tiles = new TileColumn();
    private final SmallProduct small = new SmallProduct();
    private float[] sums = new float[0];

    /** Returns whether gathering patches costs less than transposing rows of dy. */
    static boolean suits(Convolution shape, int rows, int cols) {
        Axis axis = shape.window().cols();
        int together = axis.dilation() == 1 ? axis.kernel() : 1;
        return axis.stride() == 1 && cols <= MOST_TAPS && Math.ceilDiv(cols, together) <= rows;
    }

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
        int rows = toRow - fromRow;
        int cols = toCol - fromCol;
        int pitch = Math.ceilDiv(cols, NR) * NR;
        if (sums.length < rows * pitch) {
            sums = new float[rows * pitch];
        }
        Arrays.fill(sums, 0, rows * pitch, 0f);
        for (int r = 0; add && r < rows; r++) {
            int at = dWeight.offset() + (fromRow + r) * dWeight.ld() + fromCol;
            System.arraycopy(dWeight.data(), at, sums, r * pitch, cols);
        }
        patches.place(kept.of(shape.window(), shape.groupIn(), 1), shape.window());
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        for (int i = ConvolutionKernels.firstImage(shape, fromRow); i < end; i++) {
            image(shape, x, dy, i, fromRow % shape.out(), rows, fromCol, cols);
        }
        for (int r = 0; r < rows; r++) {
            int at = dWeight.offset() + (fromRow + r) * dWeight.ld() + fromCol;
            System.arraycopy(sums, r * pitch, dWeight.data(), at, cols);
        }
    }

    /** Adds what image i gives. */
    private void image(
            Convolution shape,
            Matrix x,
            Matrix dy,
            int i,
            int channel,
            int rows,
            int fromCol,
            int cols) {
        Window window = shape.window();
        PaddedImage image = kept.of(window, shape.groupIn(), 1);
        int group = channel / shape.groupOut();
        image.load(x.data(), x.offset() + i * x.ld() + group * shape.groupIn() * window.inputs());
        int n = window.outputs();
        int gradient = dy.offset() + i * dy.ld() + channel * n;
        int pitch = Math.ceilDiv(cols, NR) * NR;
        tiles.left(dy.data(), gradient, n, 1, rows);
        for (int q = 0; q < n; q += POSITIONS) {
            int k = Math.min(POSITIONS, n - q);
            for (int tap = 0; tap < cols; tap += NR) {
                int width = Math.min(NR, cols - tap);
                patches.gather(image, fromCol + tap, width, q, k);
                if (width <= Lanes.COUNT) {
                    small.left(dy.data(), gradient + q, n, 1);
                    small.right(patches.data(), 0, NR);
                    small.run(rows, Lanes.COUNT, k, sums, tap, pitch, true);
                } else {
                    tiles.run(0, rows, q, k, patches.data(), 0, NR, sums, tap, pitch, true);
                }
            }
        }
        tiles.release();
        image.release();
    }
}
