package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.scalar.ScalarActivations.SOFTPLUS_MAX;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_CUBIC;
import static io.github.lanewise.engine.internal.scalar.ScalarActivations.TANH_SLOPE;
import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.scalar.ScalarMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

import java.util.stream.Stream;

/**
 * A loop over whole vectors for each activation; {@code ScalarActivations} says what it computes.
 *
 * <p>Each is a class of its own behind a virtual call. Were they cases of one switch, C2 would
 * inline them all into one method until it is too big, and then stop inlining the functions on
 * vectors, which turns each vector into an object.
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
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                v.blend(0f, v.compare(LE, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    EXP {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                SimdMath.exp(v).intoArray(y, yOffset + j);
            }
        }
    },
    LOG {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                SimdMath.logAtLimits(v, SimdMath.log(v)).intoArray(y, yOffset + j);
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float alpha = f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                v.blend(v.mul(alpha), v.compare(LE, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    ELU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float beta = f.beta();
            float alpha = beta * f.alpha();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector low = SimdMath.expm1(v).mul(alpha);
                v.mul(beta).blend(low, v.compare(LE, 0f)).intoArray(y, yOffset + j);
            }
        }
    },
    SIGMOID {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                sigmoid(v, e).intoArray(y, yOffset + j);
            }
        }
    },
    TANH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector t = SimdMath.expm1(v.abs().mul(-2f));
                withSign(t.abs().div(t.add(2f)), v).intoArray(y, yOffset + j);
            }
        }
    },
    SOFTPLUS {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float alpha = f.alpha();
            FloatVector zero = FloatVector.zero(FLOATS);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector a = v.mul(alpha);
                FloatVector log = SimdMath.log1p(SimdMath.exp(a.abs().neg()));
                FloatVector w = zero.blend(a, a.compare(GT, 0f)).add(log).div(alpha);
                w.blend(v, a.compare(GT, SOFTPLUS_MAX)).intoArray(y, yOffset + j);
            }
        }
    },
    GELU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            FloatVector one = broadcast(FLOATS, 1f);
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector z = clip(v, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX).abs();
                FloatVector tail = SimdMath.normalTail(z, SimdMath.exp(z.mul(z).mul(-0.5f)));
                FloatVector phi = one.sub(tail).blend(tail, v.compare(LT, 0f));
                v.mul(phi).intoArray(y, yOffset + j);
            }
        }
    },
    GELU_TANH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector a = doubled(clip(v, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX));
                FloatVector e = SimdMath.exp(a.abs().neg());
                v.mul(sigmoid(a, e)).intoArray(y, yOffset + j);
            }
        }
    },
    SILU {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                v.mul(sigmoid(v, e)).intoArray(y, yOffset + j);
            }
        }
    },
    MISH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                FloatVector e = SimdMath.exp(v.abs().neg());
                v.mul(gate(v, e)).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_TANH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            float low = f.alpha();
            float high = f.beta();
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                clip(v, low, high).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_SIGMOID {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                clip(v.add(3f), 0f, 6f).div(6f).intoArray(y, yOffset + j);
            }
        }
    },
    HARD_SWISH {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                v.mul(clip(v.add(3f), 0f, 6f).div(6f)).intoArray(y, yOffset + j);
            }
        }
    },
    SOFTSIGN {
        @Override
        void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n) {
            for (int j = 0; j < n; j += COUNT) {
                FloatVector v = fromArray(FLOATS, x, xOffset + j);
                v.div(v.abs().add(1f)).intoArray(y, yOffset + j);
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

    /** Computes y = f(x) for n elements, a multiple of the lanes and not 0. */
    abstract void apply(Activation f, float[] x, int xOffset, float[] y, int yOffset, int n);

    private static FloatVector clip(FloatVector v, float low, float high) {
        v = v.blend(low, v.compare(LT, low));
        return v.blend(high, v.compare(GT, high));
    }

    private static FloatVector sigmoid(FloatVector v, FloatVector e) {
        FloatVector one = broadcast(FLOATS, 1f);
        return one.blend(e, v.compare(LT, 0f)).div(e.add(1f));
    }

    /** Returns 2u of the GELU by tanh. */
    private static FloatVector doubled(FloatVector v) {
        FloatVector slope = broadcast(FLOATS, TANH_SLOPE);
        return v.mul(v.mul(TANH_CUBIC).fma(v, slope));
    }

    /** Returns tanh(ln(1 + exp(v))), given e = exp(-|v|). */
    private static FloatVector gate(FloatVector v, FloatVector e) {
        VectorMask<Float> negative = v.compare(LT, 0f);
        FloatVector above =
                e.fma(broadcast(FLOATS, 2f), broadcast(FLOATS, 1f))
                        .blend(e.mul(e.add(2f)), negative);
        FloatVector below = e.add(e).fma(e, above).blend(above.add(2f), negative);
        return above.div(below);
    }

    private static FloatVector withSign(FloatVector size, FloatVector v) {
        return size.reinterpretAsInts()
                .or(v.reinterpretAsInts().and(Integer.MIN_VALUE))
                .reinterpretAsFloats();
    }
}
