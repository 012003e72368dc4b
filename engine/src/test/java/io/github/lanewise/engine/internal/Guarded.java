package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Makes operands that betray a kernel which reads or writes outside its window: the window lies off
 * the array's start, its rows stand apart, and everything round it is a NaN of a known payload.
 */
final class Guarded {

    private static final int CANARY = 0x7fc0bead;

    private static final int OFFSET = 5;

    private Guarded() {}

    static Matrix canaries(int rows, int cols, int gap) {
        int ld = cols + gap;
        float[] data = new float[OFFSET + rows * ld + 7];
        Arrays.fill(data, Float.intBitsToFloat(CANARY));
        return new Matrix(data, OFFSET, rows, cols, ld);
    }

    /** Makes a matrix of values from -1 to 1. */
    static Matrix random(int rows, int cols, int gap, RandomGenerator random) {
        Matrix x = canaries(rows, cols, gap);
        forEach(x, (i, at) -> x.data()[at] = 2 * random.nextFloat() - 1);
        return x;
    }

    static Matrix copy(Matrix x) {
        return new Matrix(x.data().clone(), x.offset(), x.rows(), x.cols(), x.ld());
    }

    /** Checks that two matrices hold the same bits (all NaNs count as one) and whole canaries. */
    static void assertSame(Matrix expected, Matrix actual, String what) {
        forEach(
                expected,
                (i, at) -> {
                    float e = expected.data()[at];
                    float a = actual.data()[at];
                    if (Float.floatToIntBits(e) != Float.floatToIntBits(a)) {
                        throw new AssertionError(
                                "%s: row %d, column %d: expected %s (%s), got %s (%s)"
                                        .formatted(
                                                what,
                                                i,
                                                at - expected.offset() - i * expected.ld(),
                                                e,
                                                Float.toHexString(e),
                                                a,
                                                Float.toHexString(a)));
                    }
                });
        assertPaddingUntouched(actual, what);
    }

    static void assertPaddingUntouched(Matrix x, String what) {
        int[] bits = new int[x.data().length];
        for (int at = 0; at < bits.length; at++) {
            bits[at] = Float.floatToRawIntBits(x.data()[at]);
        }
        forEach(x, (i, at) -> bits[at] = CANARY);
        for (int at = 0; at < bits.length; at++) {
            assertEquals(CANARY, bits[at], what + ": padding was written at index " + at);
        }
    }

    /** Takes each element's row and its index in the array. */
    interface Element {
        void accept(int row, int at);
    }

    static void forEach(Matrix x, Element element) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.cols(); j++) {
                element.accept(i, x.offset() + i * x.ld() + j);
            }
        }
    }
}
