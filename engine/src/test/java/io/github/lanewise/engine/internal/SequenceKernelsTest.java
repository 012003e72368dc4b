package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Random;

/** Many products at once and added rows, on 1, 2 and 3 threads; and what their checks refuse. */
@Tag("contract")
class SequenceKernelsTest {

    @ParameterizedTest
    @EnumSource(Transpose.class)
    void multiplyEachIsManyProducts(Transpose transpose) {
        multiplyEachIsManyProducts(transpose, 0);
        multiplyEachIsManyProducts(transpose, 1);
    }

    private static void multiplyEachIsManyProducts(Transpose transpose, float beta) {
        int count = 37;
        Matrix[] a = new Matrix[count];
        Matrix[] b = new Matrix[count];
        Matrix[] expected = new Matrix[count];
        for (int s = 0; s < count; s++) {
            a[s] = transpose.a() ? operand(21, 13, s) : operand(13, 21, s);
            b[s] = transpose.b() ? operand(18, 21, s) : operand(21, 18, s);
            expected[s] = operand(13, 18, 3);
            Kernels reference = ChosenKernels.reference();
            reference.gemm(transpose, a[s], b[s], beta, expected[s], Epilogue.NONE);
            reference.scale(0.3f, expected[s]);
        }
        for (int threads = 1; threads <= 3; threads++) {
            Matrix[] c = new Matrix[count];
            Arrays.setAll(c, s -> operand(13, 18, 3));
            ChosenKernels.onThreads(threads)
                    .sequences()
                    .multiplyEach(transpose, a, b, 0.3f, beta, c);
            for (int s = 0; s < count; s++) {
                Rig.assertSameBits("product " + s, expected[s], c[s]);
            }
        }
    }

    private static Matrix operand(int rows, int cols, long seed) {
        return Rig.matrix(rows, cols, 2, Values.PLAIN, seed);
    }

    @Test
    void addRowsAddsInAscendingOrderAndSkips() {
        int skipped = 2;
        for (int cols : new int[] {1, 7, 300}) {
            Matrix x = operand(500, cols, 1);
            int[] rows = new Random(1).ints(500, 0, 9).toArray();
            Matrix expected = operand(9, cols, 2);
            Matrix before = Rig.copy(expected);
            for (int i = 0; i < 500; i++) {
                for (int j = 0; j < cols && rows[i] != skipped; j++) {
                    expected.data()[expected.offset() + rows[i] * expected.ld() + j] += x.at(i, j);
                }
            }
            for (int threads = 1; threads <= 3; threads++) {
                Matrix y = Rig.copy(before);
                ChosenKernels.onThreads(threads).sequences().addRows(x, rows, skipped, y);
                Rig.assertSameBits("addRows of " + cols, expected, y);
            }
        }
    }

    @Test
    void wrongShapesAreNamed() {
        Kernels kernels = ChosenKernels.onThreads(1);
        Matrix two = Matrix.zeros(2, 3);
        assertFails(
                "step: Lstm: gates is 2x3; it must be 2x12",
                () -> kernels.sequences().step(new Cell.Lstm(two, two, two, two, two)));
        assertFails(
                "addRows: x is 2x3, y is 3x2; both must have as many columns",
                () -> kernels.sequences().addRows(two, new int[2], -1, Matrix.zeros(3, 2)));
        assertFails(
                "multiplyEach: 1 left operands, 0 right operands, 1 products; give as many of each",
                () ->
                        kernels.sequences()
                                .multiplyEach(
                                        Transpose.NN,
                                        new Matrix[1],
                                        new Matrix[0],
                                        1,
                                        new Matrix[1]));
        assertFails(
                "normalize: weight is 1x2, the rows have 3 columns; give it one row or more of as"
                        + " many",
                () ->
                        kernels.normalizations()
                                .normalize(
                                        new RowNorm(true, 0),
                                        two,
                                        Matrix.zeros(1, 2),
                                        null,
                                        Matrix.zeros(2, 3),
                                        Matrix.zeros(1, 2),
                                        Matrix.zeros(2, 3)));
    }

    private static void assertFails(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
