package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.S0;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S1;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S2;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S3;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.S4;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.WHOLE;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;
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
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.Stream;

/**
 * A loop over whole vectors for each activation; {@code ScalarActivations} says what it computes.
 * What takes an exponential goes chunk by chunk, see {@link SimdMath}.
 */
enum SimdActivation {
    IDENTITY {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            System.arraycopy(x, xOffset, y, yOffset, n);
        }
    },
    RELU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                v.blend(0f, v.compare(LE, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    EXP {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            SimdMath.exp(VALUE, 1f, x, xOffset, 0f, y, yOffset, n);
        }
    },
    LOG {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            SimdMath.log(x, xOffset, y, yOffset, n);
        }
    },
    LEAKY_RELU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            FloatVector alpha = ZERO.broadcast(f.alpha());
            VectorMask<Float> flat = alpha.compare(EQ, 0f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                FloatVector low = v.mul(alpha).blend(0f, flat);
                v.blend(low, v.compare(LE, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    ELU {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            float beta = f.beta();
            float alpha = beta * f.alpha();
            SimdMath.expm1(VALUE, 1f, x, xAt, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector low = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j)).mul(alpha);
                v.mul(beta).blend(low, v.compare(LE, 0f)).intoArray(y, yAt + j);
            }
        }
    },
    SIGMOID {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            SimdMath.exp(SIZE, -1f, x, xAt, 0f, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j));
                one.blend(e, v.compare(LT, 0f)).div(e.add(1f)).intoArray(y, yAt + j);
            }
        }
    },
    TANH {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            SimdMath.expm1(SIZE, -2f, x, xAt, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector t = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j));
                FloatVector size = t.abs().div(t.add(2f));
                IntVector sign = INT_VECTOR.cast(v.reinterpretAsInts()).and(Integer.MIN_VALUE);
                IntVector signed = INT_VECTOR.cast(size.reinterpretAsInts()).or(sign);
                FLOAT_VECTOR.cast(signed.reinterpretAsFloats()).intoArray(y, yAt + j);
            }
        }
    },
    SOFTPLUS {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            float alpha = f.alpha();
            FloatVector zero = ZERO.broadcast(0f);
            SimdMath.exp(SIZE, -Math.abs(alpha), x, xAt, 0f, s.e, 0, n);
            SimdMath.log1p(s.e, 0, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector a = v.mul(alpha);
                FloatVector log = fromArray(FLOATS, s.e, j);
                FloatVector w = zero.blend(a, a.compare(GT, 0f)).add(log).div(alpha);
                w.blend(v, a.compare(GT, f.beta())).intoArray(y, yAt + j);
            }
        }
    },
    GELU {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            NormalTails.of(x, xAt, s.e, s.f, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector tail = fromArray(FLOATS, s.f, j);
                FloatVector phi = one.sub(tail).blend(tail, v.compare(LT, 0f));
                v.mul(phi).blend(-0f, phi.compare(EQ, 0f)).intoArray(y, yAt + j);
            }
        }
    },
    GELU_TANH {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            TanhGate.arguments(x, xAt, s.f, n);
            SimdMath.exp(SIZE, -1f, s.f, 0, 0f, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector a = FLOAT_VECTOR.cast(fromArray(FLOATS, s.f, j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j));
                FloatVector gate = one.blend(e, a.compare(LT, 0f)).div(e.add(1f));
                FLOAT_VECTOR
                        .cast(fromArray(FLOATS, x, xAt + j))
                        .mul(gate)
                        .blend(-0f, gate.compare(EQ, 0f))
                        .intoArray(y, yAt + j);
            }
        }
    },
    SILU {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            SimdMath.exp(SIZE, -1f, x, xAt, 0f, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j));
                FloatVector gate = one.blend(e, v.compare(LT, 0f)).div(e.add(1f));
                v.mul(gate).blend(-0f, gate.compare(EQ, 0f)).intoArray(y, yAt + j);
            }
        }
    },
    MISH {
        @Override
        void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
            FloatVector one = ZERO.broadcast(1f);
            FloatVector two = ZERO.broadcast(2f);
            SimdMath.exp(SIZE, -1f, x, xAt, 0f, s.e, 0, n);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
                FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, s.e, j));
                // tanh(ln(1 + exp(v))) is the quotient of these.
                VectorMask<Float> negative = v.compare(LT, 0f);
                FloatVector above = e.fma(two, one).blend(e.mul(e.add(2f)), negative);
                FloatVector below = e.add(e).fma(e, above).blend(above.add(2f), negative);
                FloatVector gate = above.div(below);
                v.mul(gate).blend(-0f, gate.compare(EQ, 0f)).intoArray(y, yAt + j);
            }
        }
    },
    HARD_TANH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float low = f.alpha();
            float high = f.beta();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                v = v.blend(low, v.compare(LT, low));
                v.blend(high, v.compare(GT, high)).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_SIGMOID {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector u = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j)).add(3f);
                u = u.blend(0f, u.compare(LT, 0f));
                u.blend(6f, u.compare(GT, 6f)).div(6f).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_SWISH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                FloatVector u = v.add(3f);
                u = u.blend(0f, u.compare(LT, 0f));
                FloatVector gate = u.blend(6f, u.compare(GT, 6f)).div(6f);
                v.mul(gate).blend(-0f, gate.compare(EQ, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    SOFTSIGN {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                v = v.blend(-Float.MAX_VALUE, v.compare(LT, -Float.MAX_VALUE));
                v = v.blend(Float.MAX_VALUE, v.compare(GT, Float.MAX_VALUE));
                v.div(v.abs().add(1f)).intoArray(y, yOffset + j);
            }
        }
    },
    COSINE {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j)).abs();
                FloatVector r = v.sub(v.add(WHOLE).sub(WHOLE));
                r = r.blend(v.sub(v), v.compare(GE, WHOLE));
                FloatVector t = ZERO.broadcast(0.25f).sub(r.abs());
                FloatVector u = t.mul(t);
                FloatVector s = u.fma(ZERO.broadcast(S4), ZERO.broadcast(S3));
                s = s.fma(u, ZERO.broadcast(S2));
                s = s.fma(u, ZERO.broadcast(S1));
                s = s.fma(u, ZERO.broadcast(S0));
                s.mul(t).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_SHRINK {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                v.blend(0f, v.abs().compare(LE, f.alpha())).intoArray(y, yOffset + j);
            }
        }
    },
    SOFT_SHRINK {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float lambda = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                FloatVector u = v.add(lambda).blend(v.sub(lambda), v.compare(GT, 0f));
                u.blend(0f, v.abs().compare(LE, lambda)).intoArray(y, yOffset + j);
            }
        }
    },
    THRESHOLD {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xOffset + j));
                v.blend(f.beta(), v.compare(LE, f.alpha())).intoArray(y, yOffset + j);
            }
        }
    };

    private static final SimdActivation[] BY_KIND =
            Stream.of(Activation.Kind.values())
                    .map(kind -> valueOf(kind.name()))
                    .toArray(SimdActivation[]::new);

    static SimdActivation of(Activation f) {
        return BY_KIND[f.kind().ordinal()];
    }

    /**
     * Computes y = f(x) for n elements, a multiple of the lanes: all at once, or chunk by chunk.
     */
    void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
        Scratch s = Scratch.mine();
        for (int j = 0; j < n; j += Scratch.LENGTH) {
            chunk(f, x, xOffset + j, y, yOffset + j, Math.min(Scratch.LENGTH, n - j), s);
        }
    }

    /** Computes no more than fits the scratch. */
    void chunk(Activation f, float[] x, int xAt, float[] y, int yAt, int n, Scratch s) {
        throw new UnsupportedOperationException(name());
    }
}
