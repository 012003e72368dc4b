package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ConvolutionKernels;

import java.util.Arrays;

/**
 * A rectangle of a convolution's weight gradient, within a group, where sums are strided (see
 * {@link ConvolutionKernels#isStrided}): lanes are positions, so neither patches nor dy need be
 * gathered or transposed.
 *
 * <p>Each tap finds what it sees side by side in {@link ShiftedRows}, and dy is read where it lies.
 * The partial sums of all weights stay in L1.
 */
final class ShallowWeightGradient {

    private static final int STRIDE = ConvolutionKernels.STRIDE;

    private final PaddedImages images = new PaddedImages();
    private float[] sums = new float[0];
    private int[] places = new int[0];
    private int[] gradients = new int[0];
    private int rows;
    private int cols;
    private int pitch;

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
        rows = toRow - fromRow;
        cols = toCol - fromCol;
        int channel = fromRow % shape.outChannels();
        int n = shape.window().outputs();
        PaddedImage image = images.of(shape.window(), shape.groupIn(), 1);
        ShiftedRows seen = image.shifted();
        reserve();
        for (int tap = 0; tap < places.length; tap++) {
            places[tap] = seen.places()[fromCol + Math.min(tap, cols - 1)];
        }
        int first = channel / shape.groupOut() * shape.groupIn() * shape.window().inputs();
        int end = ConvolutionKernels.endImage(shape, fromRow, x);
        for (int i = ConvolutionKernels.firstImage(shape, fromRow, x); i < end; i++) {
            image.load(x.data(), x.offset() + i * x.ld() + first);
            seen.load();
            image.release();
            for (int row = 0; row < gradients.length; row++) {
                int from = channel + Math.min(row, rows - 1);
                gradients[row] = dy.offset() + i * dy.ld() + from * n;
            }
            addImage(seen.data(), dy.data(), n);
        }
        for (int row = 0; row < rows; row++) {
            int to = dWeight.offset() + (fromRow + row) * dWeight.ld() + fromCol;
            for (int tap = 0; tap < cols; tap++) {
                float before = add ? dWeight.data()[to + tap] : 0f;
                dWeight.data()[to + tap] = before + fold((row * pitch + tap) * STRIDE);
            }
        }
    }

    /** Makes room for whole blocks; those that stick out compute the last row or tap again. */
    private void reserve() {
        pitch = Math.ceilDiv(cols, StridedBlock.TAPS) * StridedBlock.TAPS;
        int height = Math.ceilDiv(rows, StridedBlock.ROWS) * StridedBlock.ROWS;
        if (places.length != pitch) {
            places = new int[pitch];
        }
        if (gradients.length != height) {
            gradients = new int[height];
        }
        int size = height * pitch * STRIDE;
        if (sums.length < size) {
            sums = new float[size];
        }
        Arrays.fill(sums, 0, size, 0f);
    }

    private void addImage(float[] seen, float[] dy, int n) {
        int whole = n - n % STRIDE;
        for (int tap = 0; tap < pitch; tap += StridedBlock.TAPS) {
            for (int row = 0; row < gradients.length; row += StridedBlock.ROWS) {
                int at = (row * pitch + tap) * STRIDE;
                StridedBlock.run(whole, dy, gradients, row, seen, places, tap, sums, at, pitch);
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; whole < n && tap < cols; tap++) {
                int at = (row * pitch + tap) * STRIDE;
                addRest(n - whole, dy, gradients[row] + whole, seen, places[tap] + whole, at);
            }
        }
    }

    private void addRest(int n, float[] dy, int from, float[] seen, int place, int at) {
        for (int q = 0; q < n; q++) {
            sums[at + q] = Math.fma(dy[from + q], seen[place + q], sums[at + q]);
        }
    }

    private float fold(int at) {
        for (int half = STRIDE / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[at + i] += sums[at + i + half];
            }
        }
        return sums[at];
    }
}
