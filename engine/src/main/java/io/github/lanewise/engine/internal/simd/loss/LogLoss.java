package io.github.lanewise.engine.internal.simd.loss;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.simd.support.Scratch;
import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Losses with exponentials and logarithms, chunk by chunk. */
enum LogLoss implements LossLoop {
    BCE_WITH_LOGITS {
        @Override
        void chunk(
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
                int n,
                Scratch s) {
            Matrix positive = f.posWeight();
            float[] weights = positive == null ? null : positive.data();
            int weightAt = positive == null ? 0 : positive.offset() + j;
            FloatVector one = ZERO.broadcast(1f);
            FloatVector zero = ZERO.broadcast(0f);
            SimdMath.exp(SimdMath.SIZE, -1f, x, xAt, 0f, s.e, 0, n);
            SimdMath.log1p(s.e, 0, s.f, 0, n);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + i));
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                FloatVector p =
                        weights == null
                                ? one
                                : FLOAT_VECTOR.cast(fromArray(FLOATS, weights, weightAt + i));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, i));
                FloatVector log = FLOAT_VECTOR.cast(fromArray(FLOATS, s.f, i));
                FloatVector yes = p.mul(w);
                FloatVector no = one.sub(w);
                VectorMask<Float> above = v.compare(GT, 0f);
                VectorMask<Float> below = v.compare(LT, 0f);
                FloatVector costOfYes = zero.blend(v.neg(), below).add(log);
                FloatVector costOfNo = zero.blend(v, above).add(log);
                VectorMask<Float> never = yes.compare(EQ, 0f);
                VectorMask<Float> always = no.compare(EQ, 0f);
                FloatVector ofNo = no.mul(costOfNo).blend(0f, always);
                yes.fma(costOfYes, ofNo).blend(ofNo, never).intoArray(losses, lossAt + i);
                FloatVector all = e.add(1f);
                FloatVector sayYes = one.blend(e, below).div(all);
                FloatVector sayNo = one.blend(e, above).div(all);
                FloatVector pull = yes.neg().mul(sayNo).blend(0f, never);
                FloatVector slope = no.fma(sayYes, pull).blend(pull, always);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    KL_DIVERGENCE {
        @Override
        void chunk(
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
                int n,
                Scratch s) {
            SimdMath.log(t, tAt, s.e, 0, n);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                FloatVector log = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, i));
                w.mul(log.sub(v)).blend(0f, w.compare(EQ, 0f)).intoArray(losses, lossAt + i);
                FloatVector slope = w.neg();
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    KL_DIVERGENCE_OF_LOGS {
        @Override
        void chunk(
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
                int n,
                Scratch s) {
            SimdMath.exp(SimdMath.VALUE, 1f, t, tAt, 0f, s.e, 0, n);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, i));
                e.mul(w.sub(v)).blend(0f, e.compare(EQ, 0f)).intoArray(losses, lossAt + i);
                FloatVector slope = e.neg();
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    SOFT_MARGIN {
        @Override
        void chunk(
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
                int n,
                Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            FloatVector zero = ZERO.broadcast(0f);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                w.mul(fromArray(FLOATS, x, xAt + i)).intoArray(s.e, i);
            }
            SimdMath.exp(SimdMath.SIZE, -1f, s.e, 0, 0f, s.e, 0, n);
            SimdMath.log1p(s.e, 0, s.f, 0, n);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = FLOAT_VECTOR.cast(fromArray(FLOATS, t, tAt + i));
                FloatVector a = w.mul(v).neg();
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, i));
                FloatVector log = fromArray(FLOATS, s.f, i);
                zero.blend(a, a.compare(GT, 0f)).add(log).intoArray(losses, lossAt + i);
                FloatVector share = one.blend(e, a.compare(LT, 0f)).div(e.add(1f));
                FloatVector slope = w.neg().mul(share);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    };

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
        Scratch s = Scratch.mine();
        for (int i = 0; i < n; i += Scratch.LENGTH) {
            int m = Math.min(Scratch.LENGTH, n - i);
            int dxStart = dx == null ? 0 : dxAt + i;
            chunk(f, j + i, x, xAt + i, t, tAt + i, scale, losses, lossAt + i, dx, dxStart, m, s);
        }
    }

    /** Computes no more than fits the scratch. */
    abstract void chunk(
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
            int n,
            Scratch s);
}
