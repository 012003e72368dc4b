package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** The optimizer steps: SIMD against scalar bit for bit, scalar against double precision. */
class UpdateKernelsTest {

    private static final double EPSILON = 0x1p-24;

    private final UpdateKernels scalar = Sets.scalar().updates();

    static Stream<Update.Sgd> sgdRules() {
        return Stream.of(
                new Update.Sgd(0.1f, 0f, 0f, false, 0f, false),
                new Update.Sgd(0.1f, 0f, 0f, false, 1e-4f, false),
                new Update.Sgd(0.1f, 0.9f, 0f, false, 0f, true),
                new Update.Sgd(0.1f, 0.9f, 0f, true, 1e-2f, true),
                new Update.Sgd(0.1f, 0.9f, 0.25f, false, 1e-2f, false),
                new Update.Sgd(0.1f, 0.9f, 0f, true, 0f, false));
    }

    static Stream<Update.Adam> adamRules() {
        return Stream.of(
                new Update.Adam(1e-3f, 0.9f, 0.999f, 1.2f, 1e-8f, 0f, 1f, false),
                new Update.Adam(1e-2f, 0.9f, 0.999f, 31.6f, 1e-8f, 0.1f, 1f, true),
                new Update.Adam(1e-2f, 0.5f, 0.9f, 1f, 1e-8f, 0f, 0.99f, false));
    }

    @ParameterizedTest
    @MethodSource("sgdRules")
    @EnabledIf("io.github.lanewise.engine.internal.Sets#hasVectorApi")
    void sgdMatchesReferenceBitForBit(Update.Sgd rule) {
        UpdateKernels simd = Sets.simd().updates();
        for (int round = 0; round < 50; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    Matrix[] expected = operands(n, values, 31L * n + round);
                    Matrix[] actual = copies(expected);
                    sgd(scalar, rule, expected);
                    sgd(simd, rule, actual);
                    assertSameBits("sgd of " + n, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("adamRules")
    @EnabledIf("io.github.lanewise.engine.internal.Sets#hasVectorApi")
    void adamMatchesReferenceBitForBit(Update.Adam rule) {
        UpdateKernels simd = Sets.simd().updates();
        for (int round = 0; round < 50; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    Matrix[] expected = operands(n, values, 31L * n + round);
                    Matrix[] actual = copies(expected);
                    adam(scalar, rule, expected);
                    adam(simd, rule, actual);
                    assertSameBits("adam of " + n, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sgdRules")
    void sgdAgreesWithDoublePrecision(Update.Sgd rule) {
        Matrix[] before = operands(702, Values.PLAIN, 5);
        Matrix[] after = copies(before);
        sgd(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = before[0].at(0, j);
            double d = before[1].at(0, j) + rule.weightDecay() * p;
            double size = Math.abs(d) + Math.abs(before[1].at(0, j));
            if (rule.momentum() != 0) {
                double old = before[2].at(0, j);
                double v =
                        rule.first()
                                ? d
                                : rule.momentum() * old + (1 - (double) rule.dampening()) * d;
                size += Math.abs(old) + Math.abs(v);
                Rig.assertWithin("v " + j, 4 * EPSILON * size, v, after[2].at(0, j));
                d = rule.nesterov() ? d + rule.momentum() * v : v;
            }
            double expected = p - rule.learningRate() * d;
            // Each of at most five roundings is relative to a number no larger than these.
            double bound = 5 * EPSILON * (Math.abs(p) + size);
            Rig.assertWithin("p " + j, bound, expected, after[0].at(0, j));
        }
    }

    @ParameterizedTest
    @MethodSource("adamRules")
    void adamAgreesWithDoublePrecision(Update.Adam rule) {
        Matrix[] before = operands(702, Values.PLAIN, 9);
        Matrix[] after = copies(before);
        adam(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = rule.decay() * (double) before[0].at(0, j);
            double g = before[1].at(0, j);
            double d = g + rule.weightDecay() * p;
            double m = before[2].at(0, j);
            double newM = m + (1 - (double) rule.beta1()) * (d - m);
            double v = rule.beta2() * (double) before[3].at(0, j);
            double newV = v + (1 - (double) rule.beta2()) * d * d;
            double s = rule.amsgrad() ? Math.max(newV, before[4].at(0, j)) : newV;
            double step = rule.stepSize() * newM / (Math.sqrt(s) * rule.scale() + rule.epsilon());
            double size = Math.abs(g) + Math.abs(p) + Math.abs(m);
            double boundM = 6 * EPSILON * size;
            double boundV = 6 * EPSILON * (v + size * size);
            Rig.assertWithin("m " + j, boundM, newM, after[2].at(0, j));
            Rig.assertWithin("v " + j, boundV, newV, after[3].at(0, j));
            // The quotient's relative error: of m, half that of s, and of five roundings.
            double relative = boundM / Math.abs(newM) + boundV / s + 5 * EPSILON;
            double bound = 3 * EPSILON * Math.abs(p) + 1.1 * relative * Math.abs(step);
            Rig.assertWithin("p " + j, bound, p - step, after[0].at(0, j));
        }
    }

    @Test
    void adamKeepsTheLargestSecondMoment() {
        Update.Adam rule = new Update.Adam(1f, 0.9f, 0.5f, 1f, 1e-8f, 0f, 1f, true);
        Matrix[] x = {
            Matrix.row(0, 0, 0),
            Matrix.row(2, 2, Float.NaN),
            Matrix.row(0, 0, 0),
            Matrix.row(0, 0, 0),
            Matrix.row(1, 3, 3)
        };
        adam(scalar, rule, x);
        Rig.assertSameBits("largest", Matrix.row(2, 3, Float.NaN), x[4]);
    }

    /** Returns p, g, m, v, s; the second moments are not negative. */
    private static Matrix[] operands(int n, Values values, long seed) {
        Matrix[] x = new Matrix[5];
        for (int i = 0; i < x.length; i++) {
            x[i] = i == 1 ? Rig.tight(n, values, seed) : Rig.matrix(1, n, 2, values, seed + i);
            for (int j = 0; i > 2 && j < n; j++) {
                x[i].data()[x[i].offset() + j] = Math.abs(x[i].at(0, j));
            }
        }
        return x;
    }

    private static Matrix[] copies(Matrix[] x) {
        return Stream.of(x).map(Rig::copy).toArray(Matrix[]::new);
    }

    private static void assertSameBits(String what, Matrix[] expected, Matrix[] actual) {
        for (int i = 0; i < expected.length; i++) {
            Rig.assertSameBits(what + ", operand " + i, expected[i], actual[i]);
        }
    }

    private static void sgd(UpdateKernels kernels, Update.Sgd rule, Matrix[] x) {
        boolean plain = rule.states() == 0;
        kernels.sgd(
                rule,
                x[0].data(),
                x[0].offset(),
                x[1].data(),
                x[1].offset(),
                plain ? null : x[2].data(),
                plain ? 0 : x[2].offset(),
                x[0].cols());
    }

    private static void adam(UpdateKernels kernels, Update.Adam rule, Matrix[] x) {
        kernels.adam(
                rule,
                x[0].data(),
                x[0].offset(),
                x[1].data(),
                x[1].offset(),
                x[2].data(),
                x[2].offset(),
                x[3].data(),
                x[3].offset(),
                rule.amsgrad() ? x[4].data() : null,
                rule.amsgrad() ? x[4].offset() : 0,
                x[0].cols());
    }
}
