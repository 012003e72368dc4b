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
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            System.arraycopy(dy, dyAt, dx, dxAt, n);
        }
    },
    RELU {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.blend(0f, v.compare(LE, 0f)).intoArray(dx, dxAt + j);
            }
        }
    },
    EXP {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.mul(v).intoArray(dx, dxAt + j);
            }
        }
    },
    LOG {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.div(v).intoArray(dx, dxAt + j);
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            float alpha = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.blend(d.mul(alpha), v.compare(LE, 0f)).intoArray(dx, dxAt + j);
            }
        }
    },
    ELU {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector high = broadcast(FLOATS, f.beta());
            float low = f.beta() * f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector slope = high.blend(v.add(low), v.compare(LE, 0f));
                d.mul(slope).intoArray(dx, dxAt + j);
            }
        }
    },
    SIGMOID {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.mul(v.mul(one.sub(v))).intoArray(dx, dxAt + j);
            }
        }
    },
    TANH {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                d.mul(v.neg().fma(v, one)).intoArray(dx, dxAt + j);
            }
        }
    },
    SOFTPLUS {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            float alpha = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector slope = SimdMath.expm1(v.mul(alpha).neg()).neg();
                d.mul(slope).intoArray(dx, dxAt + j);
            }
        }
    },
    GELU {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector clipped = clip(v, ScalarMath.TAIL_MAX);
                FloatVector e = SimdMath.exp(clipped.mul(clipped).mul(-0.5f));
                FloatVector tail = SimdMath.normalTail(clipped.abs(), e);
                FloatVector phi = one.sub(tail).blend(tail, v.compare(LT, 0f));
                d.mul(clipped.mul(NORMAL_PEAK).fma(e, phi)).intoArray(dx, dxAt + j);
            }
        }
    },
    GELU_TANH {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector clipped = clip(v, ScalarMath.TAIL_MAX);
                FloatVector a =
                        clipped.mul(clipped.mul(TANH_CUBIC).fma(clipped, one.mul(TANH_SLOPE)));
                FloatVector e = SimdMath.exp(a.abs().neg());
                d.mul(geluTanhSlope(clipped, a, e)).intoArray(dx, dxAt + j);
            }
        }
    },
    SILU {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                d.mul(siluSlope(v, e, clip(v, GATE_MAX))).intoArray(dx, dxAt + j);
            }
        }
    },
    MISH {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                d.mul(mishSlope(v, e, clip(v, GATE_MAX))).intoArray(dx, dxAt + j);
            }
        }
    },
    HARD_TANH {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            float low = f.alpha();
            float high = f.beta();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                VectorMask<Float> outside = v.compare(LE, low).or(v.compare(GE, high));
                d.blend(0f, outside).intoArray(dx, dxAt + j);
            }
        }
    },
    HARD_SIGMOID {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                VectorMask<Float> outside = v.compare(LE, 0f).or(v.compare(GE, 1f));
                d.mul(ONE_SIXTH).blend(0f, outside).intoArray(dx, dxAt + j);
            }
        }
    },
    HARD_SWISH {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector slope = v.fma(broadcast(FLOATS, ONE_THIRD), broadcast(FLOATS, 0.5f));
                slope = slope.blend(1f, v.compare(GE, 3f));
                d.mul(slope).blend(0f, v.compare(LE, -3f)).intoArray(dx, dxAt + j);
            }
        }
    },
    SOFTSIGN {
        @Override
        void apply(
                Activation f,
                float[] saved,
                int savedAt,
                float[] dy,
                int dyAt,
                float[] dx,
                int dxAt,
                int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, saved, savedAt + j);
                FloatVector d = fromArray(FLOATS, dy, dyAt + j);
                FloatVector rest = one.sub(v.abs());
                d.mul(rest.mul(rest)).intoArray(dx, dxAt + j);
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

    /** Computes dx = dy f' for n elements, a multiple of the lanes and not 0. */
    abstract void apply(
            Activation f,
            float[] saved,
            int savedAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int dxAt,
            int n);

    private static FloatVector clip(FloatVector v, float limit) {
        v = v.blend(-limit, v.compare(LT, -limit));
        return v.blend(limit, v.compare(GT, limit));
    }

    private static FloatVector geluTanhSlope(FloatVector v, FloatVector a, FloatVector e) {
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector inverse = one.div(e.add(1f));
        FloatVector slope = v.mul(v.mul(3f * TANH_CUBIC).fma(v, one.mul(TANH_SLOPE)));
        FloatVector s = one.blend(e, a.compare(LT, 0f)).mul(inverse);
        return slope.fma(e.mul(inverse).mul(inverse), s);
    }

    private static FloatVector siluSlope(FloatVector v, FloatVector e, FloatVector clipped) {
        VectorMask<Float> negative = v.compare(LT, 0f);
        FloatVector one = broadcast(FLOATS, 1f);
        FloatVector inverse = one.div(e.add(1f));
        FloatVector s = one.blend(e, negative).mul(inverse);
        FloatVector rest = e.blend(one, negative).mul(inverse);
        return s.mul(clipped.fma(rest, one));
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
