package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.DirectConvolutions;
import io.github.lanewise.engine.internal.PerThread;

/** Convolutions as products with patches of images, or sums over positions, group by group. */
public final class SimdConvolutions implements DirectConvolutions {

    private final PerThread<ConvolutionProduct> products =
            PerThread.withInitial(ConvolutionProduct::new);

    private final PerThread<ConvolutionWeightGradient> weightGradients =
            PerThread.withInitial(ConvolutionWeightGradient::new);

    private final PerThread<PointwiseConvolution> pointwise =
            PerThread.withInitial(PointwiseConvolution::new);

    private final PerThread<ShallowWeightGradient> shallowGradients =
            PerThread.withInitial(ShallowWeightGradient::new);

    private final ImageEpilogue images;

    public SimdConvolutions(ImageEpilogue images) {
        this.images = images;
    }

    private ImageProduct product(Convolution shape) {
        return PointwiseConvolution.is(shape) ? pointwise.get() : products.get();
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
        ImageProduct product = product(shape);
        product.prepare(shape, weight, to - from);
        for (int image = from; image < to; image++) {
            for (int group = 0; group < shape.groups(); group++) {
                product.convolve(shape, group, x, weight, y, image);
            }
            images.finish(epilogue, y, image, shape.outChannels(), shape.window().outputs());
        }
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
        if (ConvolutionKernels.isStrided(shape)) {
            shallowGradients.get().run(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
        } else if (PointwiseConvolution.is(shape)) {
            pointwise.get().weightGradient(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
        } else {
            weightGradients.get().run(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
        }
    }

    @Override
    public void addWeightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol,
            int image) {
        weightGradients.get().addImage(shape, x, dy, sums, fromRow, toRow, fromCol, toCol, image);
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
        ImageProduct product = product(shape);
        for (int image = from; image < to; image++) {
            for (int group = 0; group < shape.groups(); group++) {
                product.inputGradient(shape, group, dy, weight, dx, image);
            }
            images.finish(epilogue, dx, image, shape.inChannels(), shape.window().inputs());
        }
    }
}
