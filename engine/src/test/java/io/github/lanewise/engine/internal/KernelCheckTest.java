package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a caller is told about each kind of mistake. */
class KernelCheckTest {

    private static final Kernels KERNELS = ChosenKernels.reference();

    private static final Matrix A = Matrix.zeros(32, 784);

    @Test
    void innerDimensionsMustAgree() {
        assertRejected(
                "gemm: inner dimensions differ: a is 32x784, b is 128x10; for NN a.cols (784) must"
                        + " equal b.rows (128)",
                () -> gemm(Transpose.NN, A, Matrix.zeros(128, 10), 0, Matrix.zeros(32, 10)));
        assertRejected(
                "gemm: inner dimensions differ: a is 32x784, b is 128x10; for TN a.rows (32) must"
                        + " equal b.rows (128)",
                () -> gemm(Transpose.TN, A, Matrix.zeros(128, 10), 0, Matrix.zeros(784, 10)));
        assertRejected(
                "gemm: inner dimensions differ: a is 32x784, b is 128x10; for NT a.cols (784) must"
                        + " equal b.cols (10)",
                () -> gemm(Transpose.NT, A, Matrix.zeros(128, 10), 0, Matrix.zeros(32, 128)));
    }

    @Test
    void productMustHaveTheRightShape() {
        assertRejected(
                "gemm: c is 32x9; NN of a 32x784 and b 784x10 makes 32x10",
                () -> gemm(Transpose.NN, A, Matrix.zeros(784, 10), 0, Matrix.zeros(32, 9)));
    }

    @Test
    void betaIsZeroOrOne() {
        assertRejected(
                "gemm: beta is 0.5; it must be 0 (overwrite) or 1 (add)",
                () -> gemm(Transpose.NN, A, Matrix.zeros(784, 10), 0.5f, Matrix.zeros(32, 10)));
    }

    @Test
    void biasHasOneValueForEachColumn() {
        Epilogue epilogue = Epilogue.bias(Matrix.zeros(1, 9));
        assertRejected(
                "gemm: bias is 1x9; it must be 1x10",
                () ->
                        KERNELS.gemm(
                                Transpose.NN,
                                A,
                                Matrix.zeros(784, 10),
                                0,
                                Matrix.zeros(32, 10),
                                epilogue));
    }

    @Test
    void productMustNotOverwriteItsOperands() {
        float[] data = new float[200];
        Matrix a = new Matrix(data, 0, 10, 10, 10);
        Matrix c = new Matrix(data, 50, 10, 10, 10);
        assertRejected(
                "gemm: c overlaps a: Matrix[10x10, offset 50, ld 10] and Matrix[10x10, offset 0, ld"
                        + " 10] of one array; give c an array or a range of its own",
                () -> gemm(Transpose.NN, a, Matrix.zeros(10, 10), 0, c));
    }

    @Test
    void statesOfAnUpdateLieApart() {
        Update rule = new Update.Adam(0.1f, 0.9f, 0.99f, 1, 1e-8f, 0, 1, false);
        float[] data = new float[30];
        Matrix m = new Matrix(data, 0, 2, 10, 10);
        Matrix v = new Matrix(data, 10, 2, 10, 10);
        assertRejected(
                "update: state overlaps another state: Matrix[2x10, offset 10, ld 10] and"
                        + " Matrix[2x10, offset 0, ld 10] of one array; give state an array or a"
                        + " range of its own",
                () -> KERNELS.update(rule, Matrix.zeros(2, 10), Matrix.zeros(2, 10), m, v));
        assertThrows(
                IllegalArgumentException.class,
                () -> KERNELS.update(rule, Matrix.zeros(2, 10), Matrix.zeros(2, 10), m, m));
    }

    @Test
    void columnRangesOfOneMatrixLieApart() {
        float[] data = new float[200];
        Matrix left = new Matrix(data, 0, 10, 10, 20);
        Matrix right = new Matrix(data, 10, 10, 10, 20);
        Matrix middle = new Matrix(data, 5, 9, 10, 20);
        assertDoesNotThrow(() -> KERNELS.activate(Activation.RELU, left, right));
        assertDoesNotThrow(() -> KERNELS.activate(Activation.RELU, right, left));
        assertThrows(
                IllegalArgumentException.class, () -> KERNELS.axpy(1, left.rowRange(0, 9), middle));
    }

    @Test
    void shapesOfPointwiseOperandsAreEqual() {
        assertRejected(
                "activate: shapes differ: x is 2x3, y is 3x2; they must be equal",
                () -> KERNELS.activate(Activation.RELU, Matrix.zeros(2, 3), Matrix.zeros(3, 2)));
    }

    @Test
    void labelsAreClasses() {
        Matrix logits = Matrix.zeros(4, 10);
        Matrix losses = Matrix.zeros(1, 4);
        assertRejected(
                "softmaxCrossEntropy: label 10 of row 2 is outside the 10 classes; it must be from"
                        + " 0 to 9",
                () ->
                        KERNELS.softmaxCrossEntropy(
                                logits, new int[] {1, 9, 10, 0}, 1, losses, null));
        assertRejected(
                "softmaxCrossEntropy: 3 labels for 4 rows of logits; each row needs one",
                () -> KERNELS.softmaxCrossEntropy(logits, new int[3], 1, losses, null));
    }

    @Test
    void gatheredRowsLieInTheSource() {
        assertRejected(
                "gatherRows: row number 5 at 1 is outside the source, which has 5 rows",
                () -> KERNELS.gatherRows(Matrix.zeros(5, 3), new int[] {4, 5}, Matrix.zeros(2, 3)));
        assertRejected(
                "gatherRows: row number -1 at 0 is outside the source, which has 2 rows",
                () -> KERNELS.gatherRows(new byte[6], new int[] {-1}, 1, 0, Matrix.zeros(1, 3)));
    }

    @Test
    void gemmThenUpdateNamesItsOwnOperands() {
        Update rule = new Update.Sgd(0.1f, 0, 0, false, 0, false);
        Matrix x = Matrix.zeros(4, 2);
        Matrix dy = Matrix.zeros(4, 3);
        Matrix p = Matrix.zeros(2, 3);
        assertRejected(
                "gemmThenUpdate: gradient is 3x2; TN of a 4x2 and b 4x3 makes 2x3",
                () -> KERNELS.gemmThenUpdate(Transpose.TN, x, dy, rule, p, Matrix.zeros(3, 2)));
        assertRejected(
                "gemmThenUpdate: shapes differ: value is 1x6, gradient is 2x3; they must be equal",
                () -> KERNELS.gemmThenUpdate(Transpose.TN, x, dy, rule, Matrix.zeros(1, 6), p));
    }

    @Test
    void updateGetsTheStatesOfItsRule() {
        Matrix p = Matrix.zeros(1, 3);
        Update momentum = new Update.Sgd(0.1f, 0.9f, 0, false, 0, true);
        assertRejected(
                "update: 0 state matrices given; Sgd takes 1",
                () -> KERNELS.update(momentum, p, Matrix.zeros(1, 3)));
    }

    @Test
    void nullIsNamed() {
        NullPointerException thrown =
                assertThrows(
                        NullPointerException.class,
                        () -> gemm(Transpose.NN, A, null, 0, Matrix.zeros(32, 10)));
        assertEquals("b", thrown.getMessage());
    }

    private static void gemm(Transpose t, Matrix a, Matrix b, float beta, Matrix c) {
        KERNELS.gemm(t, a, b, beta, c, Epilogue.NONE);
    }

    private static void assertRejected(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
