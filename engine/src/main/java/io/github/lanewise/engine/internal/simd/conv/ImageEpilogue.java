package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.simd.gemm.EpilogueFunction;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;

/** What follows the convolution of an image: a bias for each channel, then a function. */
public final class ImageEpilogue {

    private final EpilogueFunction function;

    public ImageEpilogue(PointwiseKernels pointwise) {
        function = new EpilogueFunction(pointwise);
    }

    /** Applies an epilogue to the channels of an image. */
    public void finish(Epilogue epilogue, Matrix y, int image, int channels, int n) {
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
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(Lanes.FLOATS, y, at + j))
                    .add(number)
                    .intoArray(y, at + j);
        }
        for (int j = done; j < n; j++) {
            y[at + j] += number;
        }
    }
}
