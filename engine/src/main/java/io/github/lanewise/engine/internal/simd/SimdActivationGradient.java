package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.scalar.ScalarActivations.GATE_MAX;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.NORMAL_PEAK;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.ONE_SIXTH;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.ONE_THIRD;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_CUBIC;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_SLOPE;
import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.scalar.ScalarMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.Stream;

/** The gradient of each {@link SimdActivation}, likewise a class of its own for each function. */
enum SimdActivationGradient {
    IDENTITY {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            System.arraycopy(d, di, dx, xi, n);
        }
    },
    RELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.blend(0f, v.compare(LE, 0f)).intoArray(dx, xi + j);
            }
        }
    },
    EXP {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.mul(v).intoArray(dx, xi + j);
            }
        }
    },
    LOG {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.div(v).intoArray(dx, xi + j);
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            float alpha = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.blend(up.mul(alpha), v.compare(LE, 0f)).intoArray(dx, xi + j);
            }
        }
    },
    ELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector high = broadcast(FLOATS, f.beta());
            float low = f.beta() * f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector slope = high.blend(v.add(low), v.compare(LE, 0f));
                up.mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    SIGMOID {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.mul(v.mul(one.sub(v))).intoArray(dx, xi + j);
            }
        }
    },
    TANH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                up.mul(v.neg().fma(v, one)).intoArray(dx, xi + j);
            }
        }
    },
    SOFTPLUS {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            float alpha = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector slope = SimdMath.expm1(v.mul(alpha).neg()).neg();
                up.mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    GELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector clipped = clip(v, ScalarMath.TAIL_MAX);
                FloatVector e = SimdMath.exp(clipped.mul(clipped).mul(-0.5f));
                FloatVector tail = SimdMath.normalTail(clipped.abs(), e);
                FloatVector phi = one.sub(tail).blend(tail, v.compare(LT, 0f));
                up.mul(clipped.mul(NORMAL_PEAK).fma(e, phi)).intoArray(dx, xi + j);
            }
        }
    },
    GELU_TANH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector clipped = clip(v, ScalarMath.TAIL_MAX);
                FloatVector a =
                        clipped.mul(clipped.mul(TANH_CUBIC).fma(clipped, one.mul(TANH_SLOPE)));
                FloatVector e = SimdMath.exp(a.abs().neg());
                up.mul(geluTanhSlope(clipped, a, e)).intoArray(dx, xi + j);
            }
        }
    },
    SILU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                up.mul(siluSlope(v, e, clip(v, GATE_MAX))).intoArray(dx, xi + j);
            }
        }
    },
    MISH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                up.mul(mishSlope(v, e, clip(v, GATE_MAX))).intoArray(dx, xi + j);
            }
        }
    },
    HARD_TANH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            float low = f.alpha();
            float high = f.beta();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                VectorMask<Float> outside = v.compare(LE, low).or(v.compare(GE, high));
                up.blend(0f, outside).intoArray(dx, xi + j);
            }
        }
    },
    HARD_SIGMOID {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                VectorMask<Float> outside = v.compare(LE, 0f).or(v.compare(GE, 1f));
                up.mul(ONE_SIXTH).blend(0f, outside).intoArray(dx, xi + j);
            }
        }
    },
    HARD_SWISH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector slope = v.fma(broadcast(FLOATS, ONE_THIRD), broadcast(FLOATS, 0.5f));
                slope = slope.blend(1f, v.compare(GE, 3f));
                up.mul(slope).blend(0f, v.compare(LE, -3f)).intoArray(dx, xi + j);
            }
        }
    },
    SOFTSIGN {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, s, si + j);
                FloatVector up = fromArray(FLOATS, d, di + j);
                FloatVector rest = one.sub(v.abs());
                up.mul(rest.mul(rest)).intoArray(dx, xi + j);
            }
        }
    };

    private static final SimdActivationGradient[] BY_KIND =
            Stream.of(Activation.Kind.values())
                    .map(kind -> valueOf(kind.name()))
                    .toArray(SimdActivationGradient[]::new);

    static SimdActivationGradient of(Activation f) {
        return BY_KIND[f.kind().ordinal()];
    }

    /**
     * Computes dx = d f' for n elements, a multiple of the lanes and not 0.
     *
     * @param s what the forward pass kept
     * @param d gradient with respect to y
     */
    abstract void apply(
            Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n);

    private static FloatVector clip(FloatVector v, float limit) {
        v = v.blend(-limit, v.compare(LT, -limit));
        return v.blend(limit, v.compare(GT, limit));
    }

    private static FloatVector geluTanhSlope(FloatVector v, FloatVector a, FloatVector e) {
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector inverse = one.div(e.add(1f));
        FloatVector slope = v.mul(v.mul(3f * TANH_CUBIC).fma(v, one.mul(TANH_SLOPE)));
        FloatVector gate = one.blend(e, a.compare(LT, 0f)).mul(inverse);
        return slope.fma(e.mul(inverse).mul(inverse), gate);
    }

    private static FloatVector siluSlope(FloatVector v, FloatVector e, FloatVector clipped) {
        VectorMask<Float> negative = v.compare(LT, 0f);
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector inverse = one.div(e.add(1f));
        FloatVector gate = one.blend(e, negative).mul(inverse);
        FloatVector rest = e.blend(one, negative).mul(inverse);
        return gate.mul(clipped.fma(rest, one));
    }

    private static FloatVector mishSlope(FloatVector v, FloatVector e, FloatVector clipped) {
        VectorMask<Float> negative = v.compare(LT, 0f);
        FloatVector above =
                e.fma(broadcast(FLOATS, 2f), broadcast(FLOATS, 1f))
                        .blend(e.mul(e.add(2f)), negative);
        FloatVector below = e.add(e).fma(e, above).blend(above.add(2f), negative);
        FloatVector w = e.mul(e).blend(e, negative).mul(e.add(1f));
        return clipped.mul(4f).fma(w.div(below.mul(below)), above.div(below));
    }
}
