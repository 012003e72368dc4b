package io.github.lanewise.engine.internal.scalar;

import static io.github.lanewise.engine.internal.scalar.ScalarMath.exp;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.expm1;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.fraction;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.log1p;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.normalTail;
import static io.github.lanewise.engine.internal.scalar.ScalarMath.sineOfTurns;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.Fma;

/**
 * The activations of one float and their derivatives: the operations, and their order, that every
 * kernel set follows.
 *
 * <p>The exponential is only ever taken of numbers up to 0, so that nothing overflows and both
 * tails keep their relative precision. What multiplies x by something that vanishes takes x clipped
 * to where it has vanished, or is 0 there: infinity times 0 would be NaN.
 */
public final class ScalarActivations {

    /** Beyond this, e<sup>-|x|</sup> is 0. */
    public static final float GATE_MAX = 105f;

    /** 2 sqrt(2 / pi). */
    public static final float TANH_SLOPE = 0x1.988454p+0f;

    /** 2 sqrt(2 / pi) 0.044715. */
    public static final float TANH_CUBIC = 0x1.2444f2p-4f;

    /** 1 / sqrt(2 pi). */
    public static final float NORMAL_PEAK = 0x1.988454p-2f;

    public static final float ONE_SIXTH = 1f / 6;

    public static final float ONE_THIRD = 1f / 3;

    private ScalarActivations() {}

    /**
     * Returns f(x). The commonest kinds stand apart, and so do those of {@link #gradient}: C2 takes
     * only a short method into its callers' loops.
     */
    public static float value(Activation f, float x) {
        return switch (f.kind()) {
            case IDENTITY -> x;
            case RELU -> x <= 0 ? 0f : x;
            case LEAKY_RELU -> x <= 0 ? times(f.alpha(), x) : x;
            case HARD_TANH -> clip(x, f.alpha(), f.beta());
            default -> otherValue(f, x);
        };
    }

    private static float otherValue(Activation f, float x) {
        return switch (f.kind()) {
            case EXP -> exp(x);
            case LOG -> ScalarMath.log(x);
            case ELU -> x <= 0 ? f.beta() * f.alpha() * expm1(x) : f.beta() * x;
            case SIGMOID -> sigmoid(x);
            case TANH -> tanh(x);
            case SOFTPLUS -> softplus(f, x);
            case GELU -> gelu(x);
            case GELU_TANH -> geluTanh(x);
            case SILU -> gated(x, sigmoid(x));
            case MISH -> mish(x, exp(-Math.abs(x)));
            case HARD_SIGMOID -> clip(x + 3f, 0f, 6f) / 6f;
            case HARD_SWISH -> gated(x, clip(x + 3f, 0f, 6f) / 6f);
            case SOFTSIGN -> softsign(clip(x, -Float.MAX_VALUE, Float.MAX_VALUE));
            case COSINE -> sineOfTurns(0.25f - Math.abs(fraction(Math.abs(x))));
            case HARD_SHRINK -> Math.abs(x) <= f.alpha() ? 0f : x;
            case SOFT_SHRINK -> softShrink(x, f.alpha());
            case THRESHOLD -> x <= f.alpha() ? f.beta() : x;
            case IDENTITY, RELU, LEAKY_RELU, HARD_TANH -> throw new AssertionError(f);
        };
    }

    /** Returns dy times f', computed from what {@link Activation#saved()} names. */
    public static float gradient(Activation f, float saved, float dy) {
        return switch (f.kind()) {
            case IDENTITY -> dy;
            case RELU -> saved <= 0 ? 0f : dy;
            case LEAKY_RELU -> saved <= 0 ? times(f.alpha(), dy) : dy;
            case HARD_TANH -> saved <= f.alpha() || saved >= f.beta() ? 0f : dy;
            default -> otherGradient(f, saved, dy);
        };
    }

    private static float otherGradient(Activation f, float saved, float dy) {
        return switch (f.kind()) {
            case EXP -> dy * saved;
            case LOG -> dy / saved;
            case ELU -> dy * (saved <= 0 ? saved + f.beta() * f.alpha() : f.beta());
            case SIGMOID -> dy * (saved * (1f - saved));
            case TANH -> dy * Fma.fma(-saved, saved, 1f);
            case SOFTPLUS -> dy * softplusSlope(f, saved);
            case GELU -> dy * geluSlope(saved);
            case GELU_TANH -> dy * geluTanhSlope(saved);
            case SILU -> dy * siluSlope(saved, exp(-Math.abs(saved)));
            case MISH -> dy * mishSlope(saved, exp(-Math.abs(saved)));
            case HARD_SIGMOID -> saved <= 0 || saved >= 1 ? 0f : dy * ONE_SIXTH;
            case HARD_SWISH -> hardSwishGradient(saved, dy);
            case SOFTSIGN -> dy * ((1f - Math.abs(saved)) * (1f - Math.abs(saved)));
            case COSINE -> dy * cosineSlope(saved);
            case HARD_SHRINK, SOFT_SHRINK -> saved == 0 ? 0f : dy;
            case THRESHOLD -> saved <= f.alpha() ? 0f : dy;
            case IDENTITY, RELU, LEAKY_RELU, HARD_TANH -> throw new AssertionError(f);
        };
    }

    /** Returns x times a share of it from 0 to 1; where none is left 0, x being negative. */
    private static float gated(float x, float gate) {
        return gate == 0 ? -0f : x * gate;
    }

    /** Returns a x, or 0 if a is 0, whatever x. */
    private static float times(float a, float x) {
        return a == 0 ? 0f : a * x;
    }

    private static float softsign(float x) {
        return x / (1f + Math.abs(x));
    }

    /** Returns x, or the bound that it is beyond. */
    private static float clip(float x, float low, float high) {
        x = x < low ? low : x;
        return x > high ? high : x;
    }

    /** Returns 1 / (1 + exp(-x)). */
    static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        return (x < 0 ? e : 1f) / (1f + e);
    }

    /** Returns tanh x = (1 - exp(-2|x|)) / (1 + exp(-2|x|)), with the sign of x. */
    private static float tanh(float x) {
        float t = expm1(-2f * Math.abs(x));
        return Math.copySign(Math.abs(t) / (2f + t), x);
    }

    private static float softplus(Activation f, float x) {
        float a = f.alpha() * x;
        float e = exp(-Math.abs(a));
        float y = ((a > 0 ? a : 0f) + log1p(e)) / f.alpha();
        return a > f.beta() ? x : y;
    }

    private static float softplusSlope(Activation f, float saved) {
        float a = f.alpha() * saved;
        if (f.saved() == Activation.Saved.OUTPUT) {
            return -expm1(-a);
        }
        return a > f.beta() ? 1f : sigmoid(a);
    }

    private static float gelu(float x) {
        float z = Math.abs(clip(x, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX));
        float tail = normalTail(z, exp(-0.5f * (z * z)));
        return gated(x, x < 0 ? tail : 1f - tail);
    }

    private static float geluSlope(float x) {
        float clipped = clip(x, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX);
        float z = Math.abs(clipped);
        float e = exp(-0.5f * (z * z));
        float tail = normalTail(z, e);
        return Fma.fma(clipped * NORMAL_PEAK, e, x < 0 ? tail : 1f - tail);
    }

    private static float geluTanh(float x) {
        float clipped = clip(x, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX);
        float a = clipped * Fma.fma(TANH_CUBIC * clipped, clipped, TANH_SLOPE);
        return gated(x, sigmoid(a));
    }

    private static float geluTanhSlope(float x) {
        float clipped = clip(x, -ScalarMath.TAIL_MAX, ScalarMath.TAIL_MAX);
        float a = clipped * Fma.fma(TANH_CUBIC * clipped, clipped, TANH_SLOPE);
        float e = exp(-Math.abs(a));
        float inverse = 1f / (1f + e);
        float slope = clipped * Fma.fma(3f * TANH_CUBIC * clipped, clipped, TANH_SLOPE);
        return Fma.fma(slope, e * inverse * inverse, (a < 0 ? e : 1f) * inverse);
    }

    /** Given e = exp(-|x|): s (1 + x (1 - s)), s the sigmoid. */
    private static float siluSlope(float x, float e) {
        float inverse = 1f / (1f + e);
        float s = (x < 0 ? e : 1f) * inverse;
        float rest = (x < 0 ? 1f : e) * inverse;
        return s * Fma.fma(clip(x, -GATE_MAX, GATE_MAX), rest, 1f);
    }

    /**
     * Given e = exp(-|x|): tanh(ln(1 + w)) = (w<sup>2</sup> + 2w) / (w<sup>2</sup> + 2w + 2) with w
     * = e<sup>x</sup>, for x &gt;= 0 divided through by w<sup>2</sup>.
     */
    private static float mish(float x, float e) {
        float above = x < 0 ? e * (e + 2f) : Fma.fma(2f, e, 1f);
        float below = x < 0 ? above + 2f : Fma.fma(e + e, e, above);
        return gated(x, above / below);
    }

    /** Given e = exp(-|x|): t + x 4 w (1 + w) / (w<sup>2</sup> + 2w + 2)<sup>2</sup>. */
    private static float mishSlope(float x, float e) {
        float above = x < 0 ? e * (e + 2f) : Fma.fma(2f, e, 1f);
        float below = x < 0 ? above + 2f : Fma.fma(e + e, e, above);
        float w = (x < 0 ? e : e * e) * (1f + e);
        float clipped = clip(x, -GATE_MAX, GATE_MAX);
        return Fma.fma(4f * clipped, w / (below * below), above / below);
    }

    private static float softShrink(float x, float lambda) {
        float y = x > 0 ? x - lambda : x + lambda;
        return Math.abs(x) <= lambda ? 0f : y;
    }

    private static float hardSwishGradient(float x, float dy) {
        float slope = x >= 3 ? 1f : Fma.fma(x, ONE_THIRD, 0.5f);
        return x <= -3 ? 0f : dy * slope;
    }

    private static float cosineSlope(float x) {
        float r = fraction(Math.abs(x));
        float sine = sineOfTurns(0.25f - Math.abs(Math.abs(r) - 0.25f));
        sine = r < 0 ? -sine : sine;
        sine = x < 0 ? -sine : sine;
        return -ScalarMath.TWO_PI * sine;
    }
}
