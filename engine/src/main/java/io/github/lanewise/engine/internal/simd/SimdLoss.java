package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.Stream;

/**
 * A loop over whole vectors for each pointwise loss; {@code ScalarLosses} says what it computes.
 * Why each is a class of its own, {@link SimdActivation} says.
 *
 * <p>The loops call {@link SimdMath} first and the Vector API alone after that: its methods use up
 * the 8,000 bytecodes that C2 inlines into one method, beyond which it still inlines them, but none
 * of ours.
 */
enum SimdLoss {
    SQUARED {
        @Override
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
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
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
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
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
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
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector d = v.sub(w);
                FloatVector size = d.abs();
                VectorMask<Float> near = size.compare(LT, alpha);
                size.sub(0.5f * alpha)
                        .blend(d.mul(0.5f).mul(d).div(alpha), near)
                        .intoArray(losses, lossAt + i);
                FloatVector slope = d.blend(1f, d.compare(GT, 0f)).blend(-1f, d.compare(LT, 0f));
                slope = slope.blend(d.div(alpha), near);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    BCE_WITH_LOGITS {
        @Override
        void apply(
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
            Matrix positive = f.positiveWeight();
            float[] weights = positive == null ? null : positive.data();
            int weightAt = positive == null ? 0 : positive.offset() + j;
            FloatVector one = broadcast(FLOATS, 1f);
            FloatVector zero = FloatVector.zero(FLOATS);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector p = weights == null ? one : fromArray(FLOATS, weights, weightAt + i);
                FloatVector e = SimdMath.exp(v.abs().neg());
                FloatVector log = SimdMath.log1p(e);
                FloatVector yes = p.mul(w);
                FloatVector no = one.sub(w);
                VectorMask<Float> above = v.compare(GT, 0f);
                VectorMask<Float> below = v.compare(LT, 0f);
                FloatVector costOfYes = zero.blend(v.neg(), below).add(log);
                FloatVector costOfNo = zero.blend(v, above).add(log);
                yes.fma(costOfYes, no.mul(costOfNo)).intoArray(losses, lossAt + i);
                FloatVector all = e.add(1f);
                FloatVector sayYes = one.blend(e, below).div(all);
                FloatVector sayNo = one.blend(e, above).div(all);
                FloatVector slope = no.fma(sayYes, yes.mul(sayNo).neg());
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    KL_DIVERGENCE {
        @Override
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector log = SimdMath.logAtLimits(w, SimdMath.log(w));
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
        void apply(
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
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector e = SimdMath.exp(w);
                e.mul(w.sub(v)).intoArray(losses, lossAt + i);
                FloatVector slope = e.neg();
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    },
    HINGE {
        @Override
        void apply(
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
            FloatVector alpha = broadcast(FLOATS, f.alpha());
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
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
        void apply(
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
            FloatVector alpha = broadcast(FLOATS, f.alpha());
            FloatVector one = broadcast(FLOATS, 1f);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
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
    },
    SOFT_MARGIN {
        @Override
        void apply(
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
            FloatVector one = broadcast(FLOATS, 1f);
            FloatVector zero = FloatVector.zero(FLOATS);
            for (int i = 0; i < n; i += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xAt + i);
                FloatVector w = fromArray(FLOATS, t, tAt + i);
                FloatVector a = w.mul(v).neg();
                FloatVector e = SimdMath.exp(a.abs().neg());
                FloatVector log = SimdMath.log1p(e);
                zero.blend(a, a.compare(GT, 0f)).add(log).intoArray(losses, lossAt + i);
                FloatVector share = one.blend(e, a.compare(LT, 0f)).div(e.add(1f));
                FloatVector slope = w.neg().mul(share);
                if (dx != null) {
                    slope.mul(scale).intoArray(dx, dxAt + i);
                }
            }
        }
    };

    private static final SimdLoss[] BY_KIND =
            Stream.of(PointwiseLoss.Kind.values())
                    .map(kind -> valueOf(kind.name()))
                    .toArray(SimdLoss[]::new);

    static SimdLoss of(PointwiseLoss f) {
        return BY_KIND[f.kind().ordinal()];
    }

    /** Computes n elements, a multiple of the lanes and not 0; no gradient if dx is null. */
    abstract void apply(
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
            int n);
}
