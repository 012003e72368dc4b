package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two matrices into one: the chosen set against the scalar one, and both against double. */
@Tag("contract")
class CombineKernelsTest {

    /** Often enough for C2 to compile the kernels. */
    private static final int ROUNDS = 100;

    private final PointwiseKernels scalar = ChosenKernels.scalar().pointwise();
    private final PointwiseKernels chosen = ChosenKernels.set().pointwise();

    @ParameterizedTest
    @EnumSource(Combination.class)
    void combineMatchesReferenceBitForBit(Combination how) {
        for (int round = 0; round < ROUNDS; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    compare(how, n, values, 31L * n + round);
                }
            }
        }
    }

    private void compare(Combination how, int n, Values values, long seed) {
        Matrix x = Rig.tight(n, values, seed);
        Matrix y = Rig.tight(n, values, seed + 2);
        Matrix expected = Rig.matrix(1, n, 2, values, seed + 1);
        Matrix actual = Rig.copy(expected);
        combine(scalar, how, x, y, expected);
        combine(chosen, how, x, y, actual);
        Rig.assertSameBits(how + " of " + n, expected, actual);
        Matrix onX = Rig.copy(x);
        combine(scalar, how, onX, y, onX);
        combine(chosen, how, x, y, x);
        Rig.assertSameBits(how + " on x of " + n, onX, x);
        Matrix onY = Rig.copy(y);
        combine(scalar, how, x, onY, onY);
        combine(chosen, how, x, y, y);
        Rig.assertSameBits(how + " on y of " + n, onY, y);
    }

    private static void combine(
            PointwiseKernels kernels, Combination how, Matrix x, Matrix y, Matrix z) {
        kernels.combine(
                how, x.data(), x.offset(), y.data(), y.offset(), z.data(), z.offset(), x.cols());
    }

    /** A double holds sum, difference and product of two floats exactly or nearly so. */
    @ParameterizedTest
    @EnumSource(Combination.class)
    void combineRoundsOnceOnWindowsOfAnyThreadCount(Combination how) {
        for (int threads : new int[] {1, 3}) {
            Kernels kernels = ChosenKernels.onThreads(threads);
            for (int padding : new int[] {0, 2}) {
                Matrix x = Rig.matrix(700, 61, padding, Values.PLAIN, 1);
                Matrix y = Rig.matrix(700, 61, 2, Values.PLAIN, 2);
                Matrix z = Rig.matrix(700, 61, padding, Values.PLAIN, 3);
                kernels.combine(how, x, y, z);
                assertOracle(how, x, y, z);
            }
        }
    }

    private static void assertOracle(Combination how, Matrix x, Matrix y, Matrix z) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.cols(); j++) {
                double a = x.at(i, j);
                double b = y.at(i, j);
                double exact =
                        switch (how) {
                            case ADD -> a + b;
                            case SUBTRACT -> a - b;
                            case MULTIPLY -> a * b;
                        };
                assertEquals((float) exact, z.at(i, j));
            }
        }
    }

    @Test
    void shapesMustBeEqualAndOutputsApart() {
        Kernels kernels = ChosenKernels.reference();
        Matrix x = Matrix.zeros(2, 3);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> kernels.combine(Combination.ADD, x, Matrix.zeros(2, 4), x));
        assertEquals(
                "combine: shapes differ: x is 2x3, y is 2x4; they must be equal", e.getMessage());
        Matrix shifted = new Matrix(new float[8], 1, 2, 3, 3);
        Matrix same = new Matrix(shifted.data(), 0, 2, 3, 3);
        assertThrows(
                IllegalArgumentException.class,
                () -> kernels.combine(Combination.ADD, shifted, x, same));
    }
}
