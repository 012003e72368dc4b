package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.check.WindowCheck;

/**
 * Checks operations on windows and shares out their images; for the gradient of weights chunks of
 * the batch, or else the weights.
 */
final class WindowDispatch implements Windows {

    /** Columns of weights are cut at multiples of this, the height of a tile of taps. */
    private static final int COLS = 8;

    /** Columns that should not be cut while there are rows: a vector of few taps. */
    private static final int WHOLE = 16;

    private static final Call.Part CONVOLVE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .convolutions()
                            .convolve(c.convolution, c.x, c.y, c.z, c.epilogue, from, to);

    private static final Call.Part WEIGHT_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .convolutions()
                            .weightGradient(
                                    c.convolution, c.x, c.y, c.beta, c.z, from, to, fromCol, toCol);

    private static final Call.Part INPUT_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .convolutions()
                            .inputGradient(c.convolution, c.x, c.y, c.z, c.epilogue, from, to);

    private static final Call.Part MAX_POOL =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().maxPool(c.window, c.x, c.y, c.indices, from, to);

    private static final Call.Part MAX_POOL_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().maxPoolGradient(c.window, c.indices, c.x, c.y, from, to);

    private static final Call.Part AVERAGE_POOL =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().averagePool(c.rows, c.cols, c.x, c.y, from, to);

    private static final Call.Part AVERAGE_POOL_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().averagePoolGradient(c.rows, c.cols, c.x, c.y, from, to);

    private final Dispatch dispatch;
    private final PerThread<ChunkSums> chunkSums = PerThread.withInitial(ChunkSums::new);
    private final Activations activations;

    WindowDispatch(Dispatch dispatch, Activations activations) {
        this.dispatch = dispatch;
        this.activations = activations;
    }

    @Override
    public void convolve(Convolution shape, Matrix x, Matrix weight, Matrix y, Epilogue epilogue) {
        WindowCheck.convolve(shape, x, weight, y, epilogue);
        Call call = dispatch.call(Family.of(shape), CONVOLVE);
        call.convolution = shape;
        call.x = x;
        call.y = weight;
        call.z = y;
        Epilogue fused = activations.fused(epilogue, call.kernels);
        call.epilogue = fused;
        dispatch.runEach(call, x.rows(), products(shape));
        activations.finish(epilogue, fused, y);
    }

    @Override
    public void convolveWeightGradient(
            Convolution shape, Matrix x, Matrix dy, float beta, Matrix dWeight) {
        WindowCheck.convolveWeightGradient(shape, x, dy, beta, dWeight);
        int chunks = ConvolutionKernels.chunks(shape, x);
        Matrix sums = dWeight;
        if (chunks > 1) {
            sums = chunkSums.get().of(chunks * dWeight.rows(), dWeight.cols());
        }
        Call call = dispatch.call(Family.of(shape), WEIGHT_GRADIENT);
        call.convolution = shape;
        call.x = x;
        call.y = dy;
        call.beta = chunks > 1 ? 0 : beta;
        call.z = sums;
        int unit = Winograd.suits(shape) ? shape.window().taps() : 1;
        dispatch.run(call, splitChunks(call, chunks, sums, unit, x.rows() * products(shape)));
        if (chunks > 1) {
            addChunks(sums, chunks, beta, dWeight);
        }
    }

    /**
     * Cuts sums over chunks of a batch: into the chunks if all threads get equally many, else the
     * columns, and where they are too few for all threads also the rows.
     *
     * @param unit columns that stay together
     */
    private int splitChunks(Call call, int chunks, Matrix sums, int unit, long work) {
        int rows = sums.rows();
        int cols = sums.cols();
        int parts = Math.clamp(work / dispatch.leastWork(), 1, dispatch.threads());
        if (chunks % parts == 0) {
            return call.split(rows, Math.max(1, rows / parts), cols, Math.max(1, cols));
        }
        int byCols = Math.clamp(Math.ceilDiv(cols, WHOLE * unit), 1, parts);
        int byRows = chunks * Math.clamp(parts / byCols, 1, rows / chunks);
        int share = Math.ceilDiv(cols, byCols);
        return call.split(
                rows,
                Math.ceilDiv(rows, byRows),
                cols,
                byCols == 1 ? cols : Math.ceilDiv(share, COLS * unit) * COLS * unit);
    }

    private static void addChunks(Matrix sums, int chunks, float beta, Matrix dWeight) {
        int rows = dWeight.rows();
        int n = dWeight.cols();
        for (int row = 0; row < rows; row++) {
            int to = dWeight.offset() + row * dWeight.ld();
            if (beta == 0) {
                System.arraycopy(sums.data(), row * n, dWeight.data(), to, n);
            }
            for (int chunk = beta == 0 ? 1 : 0; chunk < chunks; chunk++) {
                add(sums.data(), (chunk * rows + row) * n, dWeight.data(), to, n);
            }
        }
    }

    private static void add(float[] x, int from, float[] y, int to, int n) {
        for (int j = 0; j < n; j++) {
            y[to + j] += x[from + j];
        }
    }

    @Override
    public void convolveInputGradient(
            Convolution shape, Matrix dy, Matrix weight, Matrix dx, Epilogue epilogue) {
        WindowCheck.convolveInputGradient(shape, dy, weight, dx, epilogue);
        Call call = dispatch.call(Family.ofInputGradient(shape), INPUT_GRADIENT);
        call.convolution = shape;
        call.x = dy;
        call.y = weight;
        call.z = dx;
        Epilogue fused = activations.fused(epilogue, call.kernels);
        call.epilogue = fused;
        dispatch.runEach(call, dy.rows(), products(shape));
        activations.finish(epilogue, fused, dx);
    }

    /** Returns how many fused multiply-adds an image takes. */
    private static long products(Convolution shape) {
        return (long) shape.window().outputs() * shape.outChannels() * shape.depth();
    }

    @Override
    public void maxPool(Window window, Matrix x, Matrix y, int[] indices) {
        WindowCheck.maxPool(window, x, y, indices);
        Call call = dispatch.call(Family.MAX_POOLS, MAX_POOL);
        call.window = window;
        call.x = x;
        call.y = y;
        call.indices = indices;
        dispatch.runEach(call, x.rows(), (long) Dispatch.COMPARED * y.cols() * window.taps());
    }

    @Override
    public void maxPoolGradient(Window window, int[] indices, Matrix dy, Matrix dx) {
        WindowCheck.maxPoolGradient(window, indices, dy, dx);
        Call call = dispatch.call(Family.MAX_POOLS, MAX_POOL_GRADIENT);
        call.window = window;
        call.indices = indices;
        call.x = dy;
        call.y = dx;
        dispatch.runEach(call, dy.rows(), (long) Dispatch.COMPARED * dy.cols());
    }

    @Override
    public void averagePool(Regions rows, Regions cols, Matrix x, Matrix y) {
        WindowCheck.averagePool(rows, cols, x, y);
        averagePool(AVERAGE_POOL, rows, cols, x, y);
    }

    @Override
    public void averagePoolGradient(Regions rows, Regions cols, Matrix dy, Matrix dx) {
        WindowCheck.averagePoolGradient(rows, cols, dy, dx);
        averagePool(AVERAGE_POOL_GRADIENT, rows, cols, dy, dx);
    }

    private void averagePool(Call.Part operation, Regions rows, Regions cols, Matrix x, Matrix y) {
        Call call = dispatch.call(Family.AVERAGE_POOLS, operation);
        call.rows = rows;
        call.cols = cols;
        call.x = x;
        call.y = y;
        dispatch.runEach(call, x.rows(), (long) Dispatch.COMPARED * Math.max(x.cols(), y.cols()));
    }
}
