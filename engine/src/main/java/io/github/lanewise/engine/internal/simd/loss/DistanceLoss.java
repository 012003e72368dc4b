package io.github.lanewise.engine.internal.simd.loss;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.PointwiseLoss;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Losses of the distance between prediction and target. */
enum DistanceLoss implements LossLoop {
    SQUARED {
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
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector d = v.sub(w);
                d.mul(d).intoArray(losses, lossAt + i);
                FloatVector slope = d.add(d);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    ABSOLUTE {
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
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector d = v.sub(w);
                d.abs().intoArray(losses, lossAt + i);
                FloatVector slope = d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    HUBER {
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
            float alpha = f.alpha();
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector d = v.sub(w);
                FloatVector size = d.abs();
                size.sub(0.5f * alpha)
                        .mul(alpha)
                        .blend(d.mul(0.5f).mul(d), size.compare(LE, alpha))
                        .intoArray(losses, lossAt + i);
                FloatVector slope = d.blend(-alpha, d.compare(LT, -alpha));
                slope = slope.blend(alpha, d.compare(GT, alpha));
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    SMOOTH_L1 {
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
            float alpha = f.alpha();
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector d = v.sub(w);
                FloatVector size = d.abs();
                VectorMask<Float> near = size.compare(LT, alpha);
                size.sub(0.5f * alpha)
                        .blend(d.mul(0.5f).mul(d.div(alpha)), near)
                        .intoArray(losses, lossAt + i);
                FloatVector slope = d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
                slope = slope.blend(d.div(alpha), near);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    }
}
