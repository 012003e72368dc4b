package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

/** Convolutions; see {@link io.github.lanewise.engine.Windows} for the mathematics. */
public interface ConvolutionKernels {

    /** Partial sums of a strided weight gradient; see {@link #isStrided}. */
    int STRIDE = 16;

    /** Images of a chunk at least. */
    int CHUNK = 32;

    /** Chunks of a batch at most. */
    int MOST_PIECES = 8;

    /** Sums over chunks at most, if there are several: 16 MiB. */
    int MOST_SUMS = 4 * 1024 * 1024;

    /** Convolves images [from, to). */
    void convolve(
            Convolution shape,
            Matrix x,
            Matrix weight,
            Matrix y,
            Epilogue epilogue,
            int from,
            int to);

    /**
     * Computes rows [fromRow, toRow) and columns [fromCol, toCol) of the sums over chunks of the
     * batch, which lie one below the other: row r belongs to output channel r % out of chunk r /
     * out. Columns are cut between channels where Winograd's algorithm is taken, else anywhere.
     *
     * @param beta 0 to start from 0, 1 to start from what is there; with several chunks 0
     */
    void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol);

    /** Takes the gradient of images [from, to). */
    void inputGradient(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            Matrix dx,
            Epilogue epilogue,
            int from,
            int to);

    /** Returns how many images of a batch make a chunk; the last may have fewer. */
    static int chunk(Convolution shape, Matrix x) {
        long weights = (long) shape.outChannels() * shape.depth();
        int most = Math.clamp(MOST_SUMS / weights, 1, MOST_PIECES);
        return Math.max(CHUNK, Math.ceilDiv(x.rows(), most));
    }

    /** Returns how many chunks a batch has. */
    static int chunks(Convolution shape, Matrix x) {
        return Math.max(1, Math.ceilDiv(x.rows(), chunk(shape, x)));
    }

    /** Returns the first image of the chunk that a row of sums belongs to. */
    static int firstImage(Convolution shape, int row, Matrix x) {
        return row / shape.outChannels() * chunk(shape, x);
    }

    /** Returns the image behind the last of that chunk. */
    static int endImage(Convolution shape, int row, Matrix x) {
        return Math.min(x.rows(), firstImage(shape, row, x) + chunk(shape, x));
    }

    /**
     * Returns whether the gradient of a weight is a strided sum over positions: where few taps see
     * many positions, as in the first layer of a model.
     */
    static boolean isStrided(Convolution shape) {
        int outputs = shape.window().outputs();
        return shape.depth() <= 32
                && shape.groupOut() >= 4
                && shape.window().rows().stride() == 1
                && shape.window().rows().dilation() == 1
                && outputs >= 128
                && outputs <= 4096;
    }
}
