package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Test;

/** Clipping, penalties and constraints against double precision, in guarded matrices. */
class RestraintsTest {

    private static final float NAN = Float.NaN;
    private static final double EPSILON = 0x1p-24;

    private final Restraints restraints = ChosenKernels.reference().restraints();

    @Test
    void clampMovesIntoTheIntervalAndLeavesNanAndPadding() {
        Matrix x = Rig.matrix(5, 7, 2, Values.ANY, 3);
        Matrix expected = Rig.copy(x);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 7; j++) {
                float value = x.at(i, j);
                expected.data()[x.offset() + i * x.ld() + j] =
                        Float.isNaN(value) ? NAN : Math.clamp(value, -0.5f, 2f);
            }
        }
        restraints.clamp(-0.5f, 2, x);
        Rig.assertSameBits("clamp", expected, x);
    }

    @Test
    void absolutesAreSummedWithinTheirBound() {
        for (int n : Rig.LENGTHS) {
            Matrix x = Rig.matrix(3, n, 1, Values.PLAIN, 50 + n);
            double sum = 0;
            float max = 0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < n; j++) {
                    sum += Math.abs(x.at(i, j));
                    max = Math.max(max, Math.abs(x.at(i, j)));
                }
            }
            // 4 additions in float, the rest in double
            double bound = 4.01 * EPSILON * sum;
            Rig.assertWithin("sum of " + n, bound, sum, restraints.sumOfAbsolutes(x));
            assertEquals(max, restraints.maxOfAbsolutes(x));
        }
    }

    @Test
    void sumOfAbsolutesIsTheSumOfThem() {
        Matrix x = Rig.matrix(4, 207, 3, Values.PLAIN, 7);
        Matrix absolute = Rig.copy(x);
        for (int at = 0; at < absolute.data().length; at++) {
            absolute.data()[at] = Math.abs(absolute.data()[at]);
        }
        assertEquals(ChosenKernels.reference().sum(absolute), restraints.sumOfAbsolutes(x));
    }

    @Test
    void nanIsTheLargestAbsolute() {
        assertTrue(Float.isNaN(restraints.maxOfAbsolutes(Matrix.row(1, NAN, 2))));
    }

    @Test
    void signIsAddedToNonZerosOnly() {
        Matrix y = Matrix.row(1, 1, 1, 1, 1);
        restraints.addSign(0.5f, Matrix.row(3, -1e-40f, 0, -0f, NAN), y);
        Rig.assertSameBits("addSign", Matrix.row(1.5f, 0.5f, 1, 1, NAN), y);
    }

    @Test
    void longColumnsAreShrunkToTheLimit() {
        Matrix x = Matrix.copyOf(new float[][] {{3, 0.3f, 0}, {4, 0.4f, 0}});
        Matrix norms = Matrix.zeros(1, 3);
        restraints.limitColumnNorms(2, x, norms);
        Rig.assertSameBits("norms", Matrix.row(5, 0.5f, 0), norms);
        Matrix expected = Matrix.copyOf(new float[][] {{3 * 0.4f, 0.3f, 0}, {4 * 0.4f, 0.4f, 0}});
        Rig.assertSameBits("columns", expected, x);
    }

    @Test
    void longRowsAreShrunkToTheLimit() {
        Matrix x = Matrix.copyOf(new float[][] {{3, 4}, {0.3f, 0.4f}});
        Matrix norms = Matrix.zeros(1, 2);
        restraints.limitRowNorms(2, x, norms);
        Rig.assertSameBits("norms", Matrix.row(5, 0.5f), norms);
        Matrix expected = Matrix.copyOf(new float[][] {{3 * 0.4f, 4 * 0.4f}, {0.3f, 0.4f}});
        Rig.assertSameBits("rows", expected, x);
    }

    @Test
    void wrongArgumentsAreNamed() {
        Matrix x = Matrix.zeros(2, 3);
        assertRefused(
                "clamp: low is 1.0, high is -1.0; low must not be above high",
                () -> restraints.clamp(1, -1, x));
        assertRefused(
                "limitColumnNorms: norms is 1x2; it must be 1x3",
                () -> restraints.limitColumnNorms(1, x, Matrix.zeros(1, 2)));
        assertRefused(
                "limitRowNorms: limit is 0.0; it must be above 0",
                () -> restraints.limitRowNorms(0, x, Matrix.zeros(1, 2)));
        assertRefused(
                "addSign: shapes differ: x is 2x3, y is 3x2; they must be equal",
                () -> restraints.addSign(1, x, Matrix.zeros(3, 2)));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
