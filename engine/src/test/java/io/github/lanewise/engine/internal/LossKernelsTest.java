package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.PointwiseLoss.Kind;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** Losses: SIMD against scalar bit for bit, on one thread and several; scalar against double. */
@Tag("contract")
class LossKernelsTest {

    private static final double EPSILON = 0x1p-24;

    private final Losses reference = ChosenKernels.reference().losses();
    private final Losses alone = ChosenKernels.onThreads(1).losses();
    private final Losses team = ChosenKernels.onThreads(3).losses();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void pointwiseLossMatchesReferenceBitForBit(Kind kind) {
        for (int round = 0; round < 40; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    checkPointwise(kind, n, values, 31L * n + round, round % 2 == 0);
                }
            }
        }
    }

    private void checkPointwise(Kind kind, int n, Values values, long seed, boolean weighted) {
        Matrix p = kind == Kind.BCE_WITH_LOGITS && weighted ? Rig.tight(n, values, seed) : null;
        PointwiseLoss f = new PointwiseLoss(kind, 0.5f, p);
        Matrix x = Rig.matrix(2, n, weighted ? 1 : 0, values, seed + 1);
        Matrix t = Rig.matrix(2, n, 0, values, seed + 2);
        Matrix[] expected = {
            Rig.matrix(2, n, 0, values, seed + 3), Rig.matrix(2, n, 0, values, seed + 4)
        };
        reference.pointwise(f, x, t, 0.7f, expected[0], expected[1]);
        for (Losses chosen : new Losses[] {alone, team}) {
            Matrix[] actual = {
                Rig.matrix(2, n, 0, values, seed + 3), Rig.matrix(2, n, 0, values, seed + 4)
            };
            chosen.pointwise(f, x, t, 0.7f, actual[0], null);
            Rig.assertSameBits(kind + " alone of " + n, expected[0], actual[0]);
            chosen.pointwise(f, x, t, 0.7f, actual[0], actual[1]);
            Rig.assertSameBits(kind + " of " + n, expected[0], actual[0]);
            Rig.assertSameBits(kind + "' of " + n, expected[1], actual[1]);
        }
    }

    @Test
    void rowLossesMatchReferenceBitForBit() {
        for (int round = 0; round < 20; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    if (n > 0) {
                        checkRows(n, values, 31L * n + round);
                    }
                }
            }
        }
    }

    private void checkRows(int n, Values values, long seed) {
        Matrix[] expected = rowLosses(reference, n, values, seed);
        Matrix[] one = rowLosses(alone, n, values, seed);
        Matrix[] three = rowLosses(team, n, values, seed);
        for (int i = 0; i < expected.length; i++) {
            Rig.assertSameBits("result " + i + " of " + n, expected[i], one[i]);
            Rig.assertSameBits("result " + i + " of " + n, expected[i], three[i]);
        }
    }

    private static Matrix[] rowLosses(Losses losses, int n, Values values, long seed) {
        int rows = 4;
        Matrix x = Rig.matrix(rows, 3 * n, 2, values, seed);
        Matrix y = Rig.matrix(rows, 3 * n, 1, values, seed + 1);
        Matrix w = Rig.tight(3 * n, values, seed + 2);
        Matrix[] results = new Matrix[10];
        for (int i = 0; i < results.length; i++) {
            boolean each = i == 1 || i == 3 || i == 5 || i == 8;
            results[i] = Rig.matrix(each ? 1 : rows, each ? rows : 3 * n, 2, values, seed + i);
        }
        int[] labels = new Random(seed).ints(rows, 0, 3 * n).toArray();
        ClassTargets rule = new ClassTargets(0.1f, w, labels[1]);
        losses.classTargets(rule, labels, results[0], results[1]);
        losses.classTargets(rule, x, results[2]);
        losses.multiMargin(seed % 2 == 0, 1, w, x, labels, 0.3f, results[3], results[4]);
        int[] signs = {1, -1, -1, 1};
        losses.cosine(x, y, signs, 0.1f, 0.3f, results[5], results[6], results[7]);
        losses.tripletMargin(x, 1, 1e-6f, 0.3f, results[8], results[9]);
        losses.weigh(w, results[0]);
        losses.weigh(y, results[2]);
        return results;
    }

    @Test
    void binaryCrossEntropyKeepsItsRelativePrecisionInBothTails() {
        PointwiseLoss f = new PointwiseLoss(Kind.BCE_WITH_LOGITS, 0);
        for (float x = -80; x < 80; x += 0.37f) {
            for (float t : new float[] {0, 1}) {
                Matrix loss = Matrix.zeros(1, 1);
                Matrix dx = Matrix.zeros(1, 1);
                reference.pointwise(f, Matrix.row(x), Matrix.row(t), 1, loss, dx);
                double a = t == 1 ? -x : x;
                double exact = Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
                double slope = (t == 1 ? -1 : 1) / (1 + Math.exp(-a));
                Rig.assertWithin("loss at " + x, 6 * EPSILON * exact, exact, loss.at(0, 0));
                Rig.assertWithin("slope", 8 * EPSILON * Math.abs(slope), slope, dx.at(0, 0));
            }
        }
    }

    @Test
    void rowLossesAgreeWithDoublePrecision() {
        int n = 33;
        Matrix x = Rig.matrix(1, 3 * n, 0, Values.PLAIN, 5);
        Matrix loss = Matrix.zeros(1, 1);
        Matrix dx = Matrix.zeros(1, 3 * n);
        reference.tripletMargin(x, 3, 1e-6f, 1, loss, dx);
        double near = 0;
        double far = 0;
        for (int j = 0; j < n; j++) {
            near += Math.pow((double) x.at(0, j) - x.at(0, n + j) + 1e-6, 2);
            far += Math.pow((double) x.at(0, j) - x.at(0, 2 * n + j) + 1e-6, 2);
        }
        double exact = Math.max(0, 3 + Math.sqrt(near) - Math.sqrt(far));
        Rig.assertWithin("triplet", 1e-5, exact, loss.at(0, 0));
        Matrix y = Rig.matrix(1, 3 * n, 0, Values.PLAIN, 6);
        reference.cosine(x, y, null, 0, 1, loss, dx, Matrix.zeros(1, 3 * n));
        double xy = 0;
        double xx = 0;
        double yy = 0;
        double hinge = 0;
        for (int j = 0; j < 3 * n; j++) {
            xy += (double) x.at(0, j) * y.at(0, j);
            xx += (double) x.at(0, j) * x.at(0, j);
            yy += (double) y.at(0, j) * y.at(0, j);
            hinge += j == 7 ? 0 : Math.max(0, 1.0 - x.at(0, 7) + x.at(0, j));
        }
        Rig.assertWithin("cosine", 1e-6, 1 - xy / Math.sqrt(xx * yy), loss.at(0, 0));
        reference.multiMargin(false, 1, null, x, new int[] {7}, 1, loss, dx);
        Rig.assertWithin("margin", 1e-5, hinge / (3 * n), loss.at(0, 0));
    }

    @Test
    void wrongOperandsAreRefused() {
        Matrix x = Matrix.zeros(2, 3);
        Matrix each = Matrix.zeros(1, 2);
        assertRefused(
                "classTargets: label 3 of row 1 is outside the 3 classes; it must be from 0 to 2",
                () ->
                        alone.classTargets(
                                new ClassTargets(0, null, -1), new int[] {-1, 3}, x, each));
        assertRefused(
                "cosine: sign of row 1 is 0; it must be 1 (alike) or -1",
                () ->
                        alone.cosine(
                                x,
                                Matrix.zeros(2, 3),
                                new int[] {1, 0},
                                0,
                                1,
                                each,
                                Matrix.zeros(2, 3),
                                Matrix.zeros(2, 3)));
        assertRefused(
                "tripletMargin: x is 2x4; its columns must be three equal blocks",
                () -> alone.tripletMargin(Matrix.zeros(2, 4), 1, 0, 1, each, Matrix.zeros(2, 4)));
        assertRefused(
                "loss: shapes differ: predictions is 2x3, targets is 2x2; they must be equal",
                () ->
                        alone.pointwise(
                                new PointwiseLoss(Kind.SQUARED, 0),
                                x,
                                Matrix.zeros(2, 2),
                                1,
                                Matrix.zeros(2, 3),
                                null));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
