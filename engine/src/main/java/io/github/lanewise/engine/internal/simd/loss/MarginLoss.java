package io.github.lanewise.engine.internal.simd.loss;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.PointwiseLoss;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Losses that are 0 beyond a margin. */
enum MarginLoss implements LossLoop {
    HINGE {
        @Override
        public void apply(
                PointwiseLoss f,
                int j,
                float[] x,
                int xAt,
                float[] t,
                int tAt,
                float scale,
                float[] losses,
                int lossAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector alpha = ZERO.broadcast(f.alpha());
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                FloatVector rest = alpha.sub(w.mul(v));
                VectorMask<Float> enough = rest.compare(LE, 0f);
                rest.blend(0f, enough).intoArray(losses, lossAt + i);
                FloatVector slope = w.neg().blend(0f, enough);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    HINGE_EMBEDDING {
        @Override
        public void apply(
                PointwiseLoss f,
                int j,
                float[] x,
                int xAt,
                float[] t,
                int tAt,
                float scale,
                float[] losses,
                int lossAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector alpha = ZERO.broadcast(f.alpha());
            FloatVector one = ZERO.broadcast(1f);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                VectorMask<Float> unlike = w.compare(EQ, -1f);
                FloatVector rest = alpha.sub(v);
                VectorMask<Float> enough = w.compare(EQ, 1f).or(rest.compare(LT, 0f));
                v.blend(0f, unlike).add(rest.blend(0f, enough)).intoArray(losses, lossAt + i);
                FloatVector slope = one.blend(0f, unlike).sub(one.blend(0f, enough));
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    }
}
