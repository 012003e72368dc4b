package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** The optimizer steps: SIMD against scalar bit for bit, scalar against double precision. */
@Tag("contract")
class UpdateKernelsTest {

    private static final double EPSILON = 0x1p-24;

    private final UpdateKernels scalar = ChosenKernels.scalar().updates();

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

    static Stream<Update.RmsProp> rmsPropRules() {
        return Stream.of(
                new Update.RmsProp(1e-2f, 0.99f, 1e-8f, 0f, false, 0f),
                new Update.RmsProp(1e-2f, 0.9f, 1e-3f, 0.9f, false, 0.1f),
                new Update.RmsProp(1e-2f, 0.5f, 1e-8f, 0f, true, 0.1f),
                new Update.RmsProp(1e-2f, 0.9f, 1e-8f, 0.9f, true, 0f));
    }

    static Stream<Update> rules() {
        Stream<Update> others =
                Stream.of(
                        new Update.Adagrad(1e-2f, 1e-10f, 0f),
                        new Update.Adagrad(1e-2f, 1e-10f, 0.1f),
                        new Update.Adadelta(1f, 0.9f, 1e-6f, 0f),
                        new Update.Adadelta(0.5f, 0.5f, 1e-6f, 0.1f),
                        new Update.Sgd(0f, 0.9f, 1f, false, 0f, false),
                        new Update.Adam(0f, 0f, 0f, 1f, 1e-8f, 0f, 1f, false),
                        new Update.RmsProp(0f, 0f, 1e-8f, 0f, true, 0f),
                        new Update.Adagrad(0f, 1e-10f, 0f),
                        new Update.Adadelta(0f, 0f, 1e-6f, 0f),
                        new Update.Lion(0f, 0f, 0f, 1f),
                        new Update.Lion(1e-4f, 0.9f, 0.99f, 1f),
                        new Update.Lion(1e-2f, 0.5f, 0.9f, 0.99f));
        return Stream.of(sgdRules(), adamRules(), rmsPropRules(), others).flatMap(r -> r);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void updateMatchesReferenceBitForBit(Update rule) {
        UpdateKernels chosen = ChosenKernels.set().updates();
        for (int round = 0; round < 50; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    Matrix[] expected = operands(n, values, 31L * n + round);
                    Matrix[] actual = copies(expected);
                    update(scalar, rule, expected);
                    update(chosen, rule, actual);
                    assertSameBits(rule + " of " + n, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void updateOfMatricesIsThatOfTheirRows(Update rule) {
        Matrix[] together = new Matrix[5];
        for (int i = 0; i < together.length; i++) {
            together[i] = Rig.matrix(7, 33, i == 2 ? 0 : 3, Values.TIES, 40 + i);
        }
        Matrix[] alone = copies(together);
        Matrix[] states = Arrays.copyOfRange(together, 2, 5);
        ChosenKernels.onThreads(2).update(rule, together[0], together[1], states);
        for (int row = 0; row < 7; row++) {
            int r = row;
            update(
                    scalar,
                    rule,
                    Stream.of(alone).map(x -> x.rowRange(r, r + 1)).toArray(Matrix[]::new));
        }
        assertSameBits("7x33", alone, together);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void gemmThenUpdateIsTheProductAndThenTheUpdate(Update rule) {
        for (int[] mkn : new int[][] {{5, 3, 7}, {40, 20, 10}, {130, 33, 70}, {1, 9, 40}}) {
            for (int padding : new int[] {0, 3}) {
                for (Transpose transpose : Transpose.values()) {
                    assertIsBoth(rule, transpose, mkn, padding);
                }
            }
        }
    }

    private void assertIsBoth(Update rule, Transpose transpose, int[] mkn, int padding) {
        int m = mkn[0];
        int k = mkn[1];
        int n = mkn[2];
        Matrix a = Rig.matrix(transpose.a() ? k : m, transpose.a() ? m : k, 1, Values.PLAIN, 1);
        Matrix b = Rig.matrix(transpose.b() ? n : k, transpose.b() ? k : n, 1, Values.PLAIN, 2);
        Matrix[] expected = new Matrix[5];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Rig.matrix(m, n, padding, Values.PLAIN, 50 + i);
        }
        Matrix[] before = copies(expected);
        Kernels reference = ChosenKernels.reference();
        reference.gemm(transpose, a, b, 0, expected[1], Epilogue.NONE);
        reference.update(rule, expected[0], expected[1], Arrays.copyOfRange(expected, 2, 5));
        for (int threads : new int[] {1, 2, 3}) {
            Matrix[] x = copies(before);
            Matrix[] states = Arrays.copyOfRange(x, 2, 5);
            ChosenKernels.onThreads(threads)
                    .gemmThenUpdate(transpose, a, b, rule, x[0], x[1], states);
            String what = "%s, %s %dx%dx%d, ".formatted(rule, transpose, m, k, n);
            assertSameBits(what + threads + " threads", expected, x);
        }
    }

    @ParameterizedTest
    @MethodSource("sgdRules")
    void sgdAgreesWithDoublePrecision(Update.Sgd rule) {
        Matrix[] before = operands(702, Values.PLAIN, 5);
        Matrix[] after = copies(before);
        update(scalar, rule, after);
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
        update(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = rule.decay() * (double) before[0].at(0, j);
            double g = before[1].at(0, j);
            double d = g + rule.weightDecay() * p;
            double m = before[2].at(0, j);
            double newM = m + (1 - (double) rule.beta1()) * (d - m);
            double v = rule.beta2() * (double) before[3].at(0, j);
            double newV = v + (1 - (double) rule.beta2()) * d * d;
            double s = rule.amsgrad() ? Math.max(newV, before[4].at(0, j)) : newV;
            double step = rule.stepSize() * newM / (Math.sqrt(s) * rule.scale() + rule.eps());
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

    @ParameterizedTest
    @MethodSource("rmsPropRules")
    void rmsPropAgreesWithDoublePrecision(Update.RmsProp rule) {
        Matrix[] before = roots(operands(702, Values.PLAIN, 11));
        Matrix[] after = copies(before);
        update(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = before[0].at(0, j);
            double g = before[1].at(0, j);
            double d = g + rule.weightDecay() * p;
            double rest = 1 - (double) rule.alpha();
            double v = rule.alpha() * (double) before[2].at(0, j) + rest * d * d;
            double size = Math.abs(g) + Math.abs(p);
            double boundV = 6 * EPSILON * (v + size * size);
            Rig.assertWithin("v " + j, boundV, v, after[2].at(0, j));
            double s = v;
            if (rule.centered()) {
                double a = before[3].at(0, j);
                a += rest * (d - a);
                double boundA = 6 * EPSILON * (size + Math.abs(a));
                Rig.assertWithin("a " + j, boundA, a, after[3].at(0, j));
                s = v - a * a;
                boundV += 2.1 * boundA * Math.abs(a);
            }
            double step = d / (Math.sqrt(s) + rule.eps());
            // of d, half that of s, and of three roundings
            double bound =
                    (3 * EPSILON * size / Math.abs(d) + boundV / s + 5 * EPSILON) * Math.abs(step);
            if (rule.momentum() != 0) {
                int last = 1 + rule.states();
                step += rule.momentum() * (double) before[last].at(0, j);
                bound += 2 * EPSILON * Math.abs(step);
                Rig.assertWithin("b " + j, bound, step, after[last].at(0, j));
            }
            bound = 2 * EPSILON * (Math.abs(p) + Math.abs(step)) + rule.learningRate() * bound;
            Rig.assertWithin("p " + j, bound, p - rule.learningRate() * step, after[0].at(0, j));
        }
    }

    /** Makes the mean's square smaller than the mean square, as in every state that comes about. */
    private static Matrix[] roots(Matrix[] x) {
        for (int j = 0; j < x[3].cols(); j++) {
            x[3].data()[x[3].offset() + j] = (float) (0.5 * Math.sqrt(Math.abs(x[2].at(0, j))));
            x[2].data()[x[2].offset() + j] = Math.abs(x[2].at(0, j)) + 1;
        }
        return x;
    }

    @Test
    void centeredMeanSquareIsNeverBelowZero() {
        Update rule = new Update.RmsProp(1f, 0.5f, 1f, 0f, true, 0f);
        Matrix[] x = {
            Matrix.row(0, 0), Matrix.row(2, Float.NaN), Matrix.row(0, 0), Matrix.row(6, 0)
        };
        update(scalar, rule, x);
        Rig.assertSameBits("step with root 0", Matrix.row(-2, Float.NaN), x[0]);
    }

    @Test
    void adagradAgreesWithDoublePrecision() {
        Update.Adagrad rule = new Update.Adagrad(0.1f, 1e-3f, 0.1f);
        Matrix[] before = roots(operands(702, Values.PLAIN, 13));
        Matrix[] after = copies(before);
        update(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = before[0].at(0, j);
            double d = before[1].at(0, j) + rule.weightDecay() * p;
            double v = before[2].at(0, j) + d * d;
            double size = Math.abs(p) + Math.abs(before[1].at(0, j));
            Rig.assertWithin("v " + j, 4 * EPSILON * (v + size * size), v, after[2].at(0, j));
            double expected = p - rule.learningRate() * d / (Math.sqrt(v) + rule.eps());
            // v is 1 or more, so that no error in d grows in the quotient
            Rig.assertWithin("p " + j, 12 * EPSILON * (1 + size), expected, after[0].at(0, j));
        }
    }

    @Test
    void adadeltaAgreesWithDoublePrecision() {
        Update.Adadelta rule = new Update.Adadelta(0.5f, 0.75f, 1e-6f, 0.1f);
        Matrix[] before = roots(operands(702, Values.PLAIN, 17));
        Matrix[] after = copies(before);
        update(scalar, rule, after);
        for (int j = 0; j < 702; j++) {
            double p = before[0].at(0, j);
            double d = before[1].at(0, j) + rule.weightDecay() * p;
            double v = 0.75 * before[2].at(0, j) + 0.25 * d * d;
            double u = before[3].at(0, j);
            double eps = rule.eps();
            double ratio = Math.sqrt(u + eps) / Math.sqrt(v + eps);
            double size = Math.abs(p) + Math.abs(before[1].at(0, j));
            double bound = 12 * EPSILON * (1 + ratio) * (1 + size);
            Rig.assertWithin("v " + j, 6 * EPSILON * (v + size * size), v, after[2].at(0, j));
            double newU = 0.75 * u + 0.25 * ratio * d * ratio * d;
            Rig.assertWithin("u " + j, bound * (1 + ratio * size), newU, after[3].at(0, j));
            Rig.assertWithin("p " + j, bound, p - 0.5 * ratio * d, after[0].at(0, j));
        }
    }

    @Test
    void lionStepsByTheSignAlone() {
        Update rule = new Update.Lion(0.25f, 0.5f, 0.75f, 0.5f);
        Matrix[] x = {
            Matrix.row(1, 1, 1, 1), Matrix.row(3, -3, 2, Float.NaN), Matrix.row(1, 1, -2, 0)
        };
        update(scalar, rule, x);
        Rig.assertSameBits("p", Matrix.row(0.25f, 0.75f, 0.5f, Float.NaN), x[0]);
        Rig.assertSameBits("m", Matrix.row(1.5f, 0, -1, Float.NaN), x[2]);
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
        update(scalar, rule, x);
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

    private static void update(UpdateKernels kernels, Update rule, Matrix[] x) {
        Matrix[] states = Arrays.copyOfRange(x, 2, 2 + rule.states());
        kernels.update(rule, x[0], x[1], states, 0, 0, x[0].cols());
    }
}
