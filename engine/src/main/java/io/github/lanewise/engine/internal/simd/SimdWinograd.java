package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ConvolutionKernels;

/** Convolutions by Winograd's algorithm: see {@link WinogradConvolution}. */
final class SimdWinograd implements ConvolutionKernels {

    private final ThreadLocal<WinogradConvolution> groups =
            ThreadLocal.withInitial(WinogradConvolution::new);

    private final ImageEpilogue images;

    SimdWinograd(ImageEpilogue images) {
        this.images = images;
    }

    @Override
    public void convolve(
            Convolution shape,
            Matrix x,
            Matrix weight,
            Matrix y,
            Epilogue epilogue,
            int from,
            int to) {
        for (int group = 0; group < shape.groups(); group++) {
            groups.get().convolve(shape, group, x, weight, y, from, to);
        }
        finish(epilogue, y, from, to, shape.out(), shape.window().outputs());
    }

    @Override
    public void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        boolean add = beta != 0;
        groups.get().weightGradient(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
    }

    @Override
    public void inputGradient(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            Matrix dx,
            Epilogue epilogue,
            int from,
            int to) {
        for (int group = 0; group < shape.groups(); group++) {
            groups.get().inputGradient(shape, group, dy, weight, dx, from, to);
        }
        finish(epilogue, dx, from, to, shape.in(), shape.window().inputs());
    }

    private void finish(Epilogue epilogue, Matrix y, int from, int to, int channels, int size) {
        for (int image = from; image < to; image++) {
            images.finish(epilogue, y, image, channels, size);
        }
    }
}
