package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.Winograd;

/**
 * Shares out images, and for the gradient of weights chunks of the batch, or else the weights; see
 * {@link ParallelKernels}.
 */
final class ParallelWindows implements Windows {

    /** Fused multiply-adds that pay for a hand-over. */
    private static final long MIN_PRODUCTS = 64 * 1024;

    /** Elements compared or added that pay for one. */
    private static final long MIN_ELEMENTS = 8 * 1024;

    private static final ImageCall.Operation CONVOLVE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.convolutions().convolve(c.shape, c.x, c.y, c.z, c.epilogue, from, to);

    private static final ImageCall.Operation WEIGHT_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .convolutions()
                            .weightGradient(
                                    c.shape, c.x, c.y, c.beta, c.z, from, to, fromCol, toCol);

    private static final ImageCall.Operation INPUT_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .convolutions()
                            .inputGradient(c.shape, c.x, c.y, c.z, c.epilogue, from, to);

    private static final ImageCall.Operation MAX_POOL =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().maxPool(c.window, c.x, c.y, c.indices, from, to);

    private static final ImageCall.Operation MAX_POOL_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().maxPoolGradient(c.window, c.indices, c.x, c.y, from, to);

    private static final ImageCall.Operation AVERAGE_POOL =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().averagePool(c.rows, c.cols, c.x, c.y, from, to);

    private static final ImageCall.Operation AVERAGE_POOL_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.pools().averagePoolGradient(c.rows, c.cols, c.x, c.y, from, to);

    private final PerThread<ImageCall> calls;

    private final PerThread<ChunkSums> chunkSums = PerThread.withInitial(ChunkSums::new);

    private final Activations activations;

    ParallelWindows(KernelSource source, Team team, Activations activations) {
        this.activations = activations;
        calls = PerThread.withInitial(() -> new ImageCall(source, team));
    }

    @Override
    public void convolve(Convolution shape, Matrix x, Matrix weight, Matrix y, Epilogue epilogue) {
        ImageCall call = calls.get().of(CONVOLVE, Family.of(shape));
        call.shape = shape;
        call.x = x;
        call.y = weight;
        call.z = y;
        Epilogue onTheSpot = activations.onTheSpot(epilogue, call.kernels);
        call.epilogue = onTheSpot;
        call.run(x.rows(), products(shape, x.rows()), MIN_PRODUCTS);
        activations.finish(epilogue, onTheSpot, y);
    }

    @Override
    public void convolveWeightGradient(
            Convolution shape, Matrix x, Matrix dy, float beta, Matrix dWeight) {
        int chunks = ConvolutionKernels.chunks(shape, x);
        Matrix sums = dWeight;
        if (chunks > 1) {
            sums = chunkSums.get().of(chunks * dWeight.rows(), dWeight.cols());
        }
        ImageCall call = calls.get().of(WEIGHT_GRADIENT, Family.of(shape));
        call.shape = shape;
        call.x = x;
        call.y = dy;
        call.beta = chunks > 1 ? 0 : beta;
        call.z = sums;
        int unit = Winograd.suits(shape) ? shape.window().taps() : 1;
        call.runChunks(chunks, sums, unit, products(shape, x.rows()), MIN_PRODUCTS);
        if (chunks > 1) {
            addChunks(sums, chunks, beta, dWeight);
        }
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
        ImageCall call = calls.get().of(INPUT_GRADIENT, Family.ofInputGradient(shape));
        call.shape = shape;
        call.x = dy;
        call.y = weight;
        call.z = dx;
        Epilogue onTheSpot = activations.onTheSpot(epilogue, call.kernels);
        call.epilogue = onTheSpot;
        call.run(dy.rows(), products(shape, dy.rows()), MIN_PRODUCTS);
        activations.finish(epilogue, onTheSpot, dx);
    }

    private static long products(Convolution shape, int batch) {
        return (long) batch * shape.window().outputs() * shape.outChannels() * shape.depth();
    }

    @Override
    public void maxPool(Window window, Matrix x, Matrix y, int[] indices) {
        ImageCall call = calls.get().of(MAX_POOL, Family.MAX_POOLS);
        call.window = window;
        call.x = x;
        call.y = y;
        call.indices = indices;
        call.run(x.rows(), (long) y.size() * window.taps(), MIN_ELEMENTS);
    }

    @Override
    public void maxPoolGradient(Window window, int[] indices, Matrix dy, Matrix dx) {
        ImageCall call = calls.get().of(MAX_POOL_GRADIENT, Family.MAX_POOLS);
        call.window = window;
        call.indices = indices;
        call.x = dy;
        call.y = dx;
        call.run(dy.rows(), dy.size(), MIN_ELEMENTS);
    }

    @Override
    public void averagePool(Regions rows, Regions cols, Matrix x, Matrix y) {
        averagePool(AVERAGE_POOL, rows, cols, x, y);
    }

    @Override
    public void averagePoolGradient(Regions rows, Regions cols, Matrix dy, Matrix dx) {
        averagePool(AVERAGE_POOL_GRADIENT, rows, cols, dy, dx);
    }

    private void averagePool(
            ImageCall.Operation operation, Regions rows, Regions cols, Matrix x, Matrix y) {
        ImageCall call = calls.get().of(operation, Family.AVERAGE_POOLS);
        call.rows = rows;
        call.cols = cols;
        call.x = x;
        call.y = y;
        call.run(x.rows(), Math.max(x.size(), y.size()), MIN_ELEMENTS);
    }
}
