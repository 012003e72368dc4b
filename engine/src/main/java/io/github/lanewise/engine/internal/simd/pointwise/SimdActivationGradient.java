package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.ScalarActivations.GATE_MAX;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.NORMAL_PEAK;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.ONE_SIXTH;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.ONE_THIRD;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S0;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S1;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S2;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S3;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S4;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.TAIL_MAX;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.TWO_PI;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.WHOLE;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;
import static io.github.lanewise.engine.internal.simd.support.SimdMath.SIZE;
import static io.github.lanewise.engine.internal.simd.support.SimdMath.VALUE;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.simd.support.Scratch;
import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.Stream;

/** The gradient of each {@link SimdActivation}. */
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
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.blend(0f, v.compare(LE, 0f)).intoArray(dx, xi + j);
            }
        }
    },
    EXP {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.mul(v).intoArray(dx, xi + j);
            }
        }
    },
    LOG {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.div(v).intoArray(dx, xi + j);
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector alpha = ZERO.broadcast(f.alpha());
            VectorMask<Float> flat = alpha.compare(EQ, 0f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                FloatVector low = up.mul(alpha).blend(0f, flat);
                up.blend(low, v.compare(LE, 0f)).intoArray(dx, xi + j);
            }
        }
    },
    ELU {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector high = ZERO.broadcast(f.beta());
            float low = f.beta() * f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                FloatVector slope = high.blend(v.add(low), v.compare(LE, 0f));
                up.mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    SIGMOID {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = ZERO.broadcast(1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.mul(v.mul(one.sub(v))).intoArray(dx, xi + j);
            }
        }
    },
    TANH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = ZERO.broadcast(1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.mul(v.neg().fma(v, one)).intoArray(dx, xi + j);
            }
        }
    },
    SOFTPLUS {
        @Override
        void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            Scratch t = Scratch.mine();
            if (f.saved() == Activation.Saved.INPUT) {
                fromInput(f, s, si, d, di, dx, xi, n, t);
                return;
            }
            SimdMath.expm1(VALUE, -f.alpha(), s, si, t.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector slope = FLOAT_VECTOR.cast(fromArray(FLOATS, t.e, j)).neg();
                FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j)).mul(slope).intoArray(dx, xi + j);
            }
        }

        private void fromInput(
                Activation f,
                float[] s,
                int si,
                float[] d,
                int di,
                float[] dx,
                int xi,
                int n,
                Scratch t) {
            FloatVector one = ZERO.broadcast(1f);
            SimdMath.exp(SIZE, -Math.abs(f.alpha()), s, si, 0f, t.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector a = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j)).mul(f.alpha());
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, t.e, j));
                FloatVector slope = one.blend(e, a.compare(LT, 0f)).div(e.add(1f));
                slope = slope.blend(1f, a.compare(GT, f.beta()));
                FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j)).mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    GELU {
        @Override
        void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            Scratch t = Scratch.mine();
            FloatVector one = ZERO.broadcast(1f);
            NormalTails.of(s, si, t.e, t.f, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector clipped = v.blend(-TAIL_MAX, v.compare(LT, -TAIL_MAX));
                clipped = clipped.blend(TAIL_MAX, v.compare(GT, TAIL_MAX));
                FloatVector tail = fromArray(FLOATS, t.f, j);
                FloatVector phi = one.sub(tail).blend(tail, v.compare(LT, 0f));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, t.e, j));
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, d, di + j))
                        .mul(clipped.mul(NORMAL_PEAK).fma(e, phi))
                        .intoArray(dx, xi + j);
            }
        }
    },
    GELU_TANH {
        @Override
        void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            Scratch t = Scratch.mine();
            TanhGate.arguments(s, si, t.f, n);
            SimdMath.exp(SIZE, -1f, t.f, 0, 0f, t.e, 0, n);
            TanhGate.gradient(s, si, t.f, t.e, d, di, dx, xi, n);
        }
    },
    SILU {
        @Override
        void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            Scratch t = Scratch.mine();
            FloatVector one = ZERO.broadcast(1f);
            SimdMath.exp(SIZE, -1f, s, si, 0f, t.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, t.e, j));
                FloatVector clipped = v.blend(-GATE_MAX, v.compare(LT, -GATE_MAX));
                clipped = clipped.blend(GATE_MAX, v.compare(GT, GATE_MAX));
                VectorMask<Float> negative = v.compare(LT, 0f);
                FloatVector inverse = one.div(e.add(1f));
                FloatVector gate = one.blend(e, negative).mul(inverse);
                FloatVector rest = e.blend(one, negative).mul(inverse);
                FloatVector slope = gate.mul(clipped.fma(rest, one));
                FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j)).mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    MISH {
        @Override
        void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            Scratch t = Scratch.mine();
            FloatVector one = ZERO.broadcast(1f);
            FloatVector two = ZERO.broadcast(2f);
            SimdMath.exp(SIZE, -1f, s, si, 0f, t.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, t.e, j));
                FloatVector clipped = v.blend(-GATE_MAX, v.compare(LT, -GATE_MAX));
                clipped = clipped.blend(GATE_MAX, v.compare(GT, GATE_MAX));
                VectorMask<Float> negative = v.compare(LT, 0f);
                FloatVector above = e.fma(two, one).blend(e.mul(e.add(2f)), negative);
                FloatVector below = e.add(e).fma(e, above).blend(above.add(2f), negative);
                FloatVector w = e.mul(e).blend(e, negative).mul(e.add(1f));
                FloatVector slope = clipped.mul(4f).fma(w.div(below.mul(below)), above.div(below));
                FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j)).mul(slope).intoArray(dx, xi + j);
            }
        }
    },
    HARD_TANH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            float low = f.alpha();
            float high = f.beta();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                VectorMask<Float> outside = v.compare(LE, low).or(v.compare(GE, high));
                up.blend(0f, outside).intoArray(dx, xi + j);
            }
        }
    },
    HARD_SIGMOID {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                VectorMask<Float> outside = v.compare(LE, 0f).or(v.compare(GE, 1f));
                up.mul(ONE_SIXTH).blend(0f, outside).intoArray(dx, xi + j);
            }
        }
    },
    HARD_SWISH {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                FloatVector slope = v.fma(ZERO.broadcast(ONE_THIRD), ZERO.broadcast(0.5f));
                slope = slope.blend(1f, v.compare(GE, 3f));
                up.mul(slope).blend(0f, v.compare(LE, -3f)).intoArray(dx, xi + j);
            }
        }
    },
    SOFTSIGN {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector one = ZERO.broadcast(1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                FloatVector rest = one.sub(v.abs());
                up.mul(rest.mul(rest)).intoArray(dx, xi + j);
            }
        }
    },
    COSINE {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            FloatVector quarter = ZERO.broadcast(0.25f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector x = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector v = x.abs();
                FloatVector r = v.sub(v.add(WHOLE).sub(WHOLE));
                r = r.blend(v.sub(v), v.compare(GE, WHOLE));
                FloatVector t = quarter.sub(r.abs().sub(quarter).abs());
                FloatVector u = t.mul(t);
                FloatVector p = u.fma(ZERO.broadcast(S4), ZERO.broadcast(S3));
                p = p.fma(u, ZERO.broadcast(S2));
                p = p.fma(u, ZERO.broadcast(S1));
                p = p.fma(u, ZERO.broadcast(S0));
                FloatVector sine = p.mul(t);
                sine = sine.blend(sine.neg(), r.compare(LT, 0f));
                sine = sine.blend(sine.neg(), x.compare(LT, 0f));
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, d, di + j))
                        .mul(sine.mul(-TWO_PI))
                        .intoArray(dx, xi + j);
            }
        }
    },
    HARD_SHRINK {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            whereNotZero(s, si, d, di, dx, xi, n);
        }
    },
    SOFT_SHRINK {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            whereNotZero(s, si, d, di, dx, xi, n);
        }
    },
    THRESHOLD {
        @Override
        void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
                FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
                up.blend(0f, v.compare(LE, f.alpha())).intoArray(dx, xi + j);
            }
        }
    };

    private static final SimdActivationGradient[] BY_KIND =
            Stream.of(Activation.Kind.values())
                    .map(kind -> valueOf(kind.name()))
                    .toArray(SimdActivationGradient[]::new);

    private static void whereNotZero(
            float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, s, si + j));
            FloatVector up = FLOAT_VECTOR.cast(fromArray(FLOATS, d, di + j));
            up.blend(0f, v.compare(EQ, 0f)).intoArray(dx, xi + j);
        }
    }

    static SimdActivationGradient of(Activation f) {
        return BY_KIND[f.kind().ordinal()];
    }

    /**
     * Computes dx = d f' for n elements, a multiple of the lanes: all at once, or chunk by chunk.
     *
     * @param s what the forward pass saved
     * @param d gradient with respect to y
     */
    void apply(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
        for (int j = 0; j < n; j += Scratch.LENGTH) {
            chunk(f, s, si + j, d, di + j, dx, xi + j, Math.min(Scratch.LENGTH, n - j));
        }
    }

    /** Computes no more than fits the scratch. */
    void chunk(Activation f, float[] s, int si, float[] d, int di, float[] dx, int xi, int n) {
        throw new UnsupportedOperationException(name());
    }
}
