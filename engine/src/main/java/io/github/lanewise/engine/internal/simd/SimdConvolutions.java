package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.PointwiseKernels;

import jdk.incubator.vector.FloatVector;

/** Convolutions as products with patches of images, group by group. */
final class SimdConvolutions implements ConvolutionKernels {

    private final ThreadLocal<ConvolutionProduct> products =
            ThreadLocal.withInitial(ConvolutionProduct::new);

    private final ThreadLocal<ConvolutionWeightGradient> weightGradients =
            ThreadLocal.withInitial(ConvolutionWeightGradient::new);

    private final ThreadLocal<ShallowWeightGradient> shallowGradients =
            ThreadLocal.withInitial(ShallowWeightGradient::new);

    private final EpilogueFunction function;

    SimdConvolutions(PointwiseKernels pointwise) {
        function = new EpilogueFunction(pointwise);
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
        ConvolutionProduct product = products.get();
        product.prepare(shape, weight, to - from);
        for (int image = from; image < to; image++) {
            for (int group = 0; group < shape.groups(); group++) {
                product.convolve(shape, group, x, weight, y, image);
            }
            finish(epilogue, y, image, shape.out(), shape.window().outputs());
        }
    }

    @Override
    public void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        int rows = shape.groupOut();
        for (int from = fromRow; from < toRow; from = from / rows * rows + rows) {
            int to = Math.min(toRow, from / rows * rows + rows);
            boolean add = beta != 0;
            if (ShallowWeightGradient.suits(shape, to - from, toCol - fromCol)) {
                shallowGradients.get().run(shape, x, dy, add, dWeight, from, to, fromCol, toCol);
            } else {
                weightGradients.get().run(shape, x, dy, add, dWeight, from, to, fromCol, toCol);
            }
        }
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
        ConvolutionProduct product = products.get();
        for (int image = from; image < to; image++) {
            for (int group = 0; group < shape.groups(); group++) {
                product.inputGradient(shape, group, dy, weight, dx, image);
            }
            finish(epilogue, dx, image, shape.in(), shape.window().inputs());
        }
    }

    /** Applies an epilogue to the channels of an image, while they are in cache. */
    private void finish(Epilogue epilogue, Matrix y, int image, int channels, int n) {
        if (epilogue.isNone()) {
            return;
        }
        Matrix bias = epilogue.bias();
        int at = y.offset() + image * y.ld();
        if (bias != null) {
            for (int c = 0; c < channels; c++) {
                addNumber(bias.data()[bias.offset() + c], y.data(), at + c * n, n);
            }
        }
        int savedAt = EpilogueFunction.savedAt(epilogue, image, 0);
        function.apply(epilogue, y.data(), at, savedAt, channels * n);
    }

    private static void addNumber(float number, float[] y, int at, int n) {
        int done = Lanes.FLOATS.loopBound(n);
        for (int j = 0; j < done; j += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, y, at + j).add(number).intoArray(y, at + j);
        }
        for (int j = done; j < n; j++) {
            y[at + j] += number;
        }
    }
}
