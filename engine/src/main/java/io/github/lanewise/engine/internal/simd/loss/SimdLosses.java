package io.github.lanewise.engine.internal.simd.loss;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.LossKernels;
import io.github.lanewise.engine.internal.scalar.ScalarLosses;

import jdk.incubator.vector.FloatVector;

/** Whole vectors here; what is left at the end of a span goes to {@link ScalarLosses}. */
public final class SimdLosses implements LossKernels {

    private final ScalarLosses tail = new ScalarLosses();

    @Override
    public void pointwise(
            PointwiseLoss f,
            int j,
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float scale,
            float[] losses,
            int lossOffset,
            float[] dx,
            int dxOffset,
            int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            LossLoop.of(f)
                    .apply(
                            f,
                            j,
                            x,
                            xOffset,
                            t,
                            tOffset,
                            scale,
                            losses,
                            lossOffset,
                            dx,
                            dxOffset,
                            done);
        }
        tail.pointwise(
                f,
                j + done,
                x,
                xOffset + done,
                t,
                tOffset + done,
                scale,
                losses,
                lossOffset + done,
                dx,
                dxOffset + done,
                n - done);
    }

    @Override
    public void weigh(float[] w, int wOffset, float[] y, int yOffset, int n) {
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FloatVector weights = FLOAT_VECTOR.cast(fromArray(FLOATS, w, wOffset + j));
            weights.mul(fromArray(FLOATS, y, yOffset + j))
                    .blend(0f, weights.compare(EQ, 0f))
                    .intoArray(y, yOffset + j);
        }
        tail.weigh(w, wOffset + done, y, yOffset + done, n - done);
    }
}
