package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Operands that hurt, inside guarded arrays, and comparisons that say where they fail. */
final class Rig {

    /** Lengths about the lane counts, the blocks of the strided sum, and some beyond. */
    static final int[] LENGTHS = {
        0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 15, 16, 17, 25, 31, 32, 33, 63, 64, 65, 127, 128, 129,
        207, 702, 2046
    };

    /** A NaN with a payload that no kernel makes. */
    private static final float CANARY = Float.intBitsToFloat(0x7fc0dead);

    private static final float[] NASTY = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL / 3,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1f,
        -1f,
        88.72284f,
        -103.97f,
        -87.5f,
        1e-30f,
        -1e-30f
    };

    private static final float[] SMALL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL / 3,
        -Float.MIN_NORMAL,
        1e-30f,
        -1e-30f
    };

    /** What a test fills its operands with. */
    enum Values {
        /** Normal variates of the size of logits. */
        PLAIN,
        /** Few distinct values, so that maxima tie. */
        TIES,
        /** Plain, with zeros of both signs and tiny numbers strewn in: sums stay finite. */
        TINY,
        /** Plain, with zeros of both signs, subnormals and huge numbers strewn in. */
        FINITE,
        /** Anything, NaN and infinities included. */
        ANY
    }

    private Rig() {}

    static float value(Values values, SplittableRandom random) {
        float plain = (float) (3 * random.nextGaussian());
        return switch (values) {
            case PLAIN -> plain;
            case TIES -> random.nextInt(3) - 1;
            case TINY -> random.nextInt(4) > 0 ? plain : SMALL[random.nextInt(SMALL.length)];
            case FINITE -> random.nextInt(4) > 0 ? plain : NASTY[3 + random.nextInt(14)];
            case ANY -> random.nextInt(12) > 0 ? plain : NASTY[random.nextInt(NASTY.length)];
        };
    }

    /** Returns a matrix at an offset, with padding, and canaries wherever no element lies. */
    static Matrix matrix(int rows, int cols, int padding, Values values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int offset = 1 + (int) (seed % 7);
        int ld = cols + padding;
        float[] data = new float[offset + rows * ld + 3];
        Arrays.fill(data, CANARY);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                data[offset + i * ld + j] = value(values, random);
            }
        }
        return new Matrix(data, offset, rows, cols, ld);
    }

    /** Returns a span whose array ends with its last element, so that reading on would throw. */
    static Matrix tight(int n, Values values, long seed) {
        Matrix loose = matrix(1, n, 0, values, seed);
        float[] data = Arrays.copyOf(loose.data(), loose.offset() + n);
        return new Matrix(data, loose.offset(), 1, n, n);
    }

    static Matrix copy(Matrix x) {
        return new Matrix(x.data().clone(), x.offset(), x.rows(), x.cols(), x.ld());
    }

    /** Compares whole arrays, canaries included, bit for bit; NaN equals NaN among the elements. */
    static void assertSameBits(String what, Matrix expected, Matrix actual) {
        for (int at = 0; at < expected.data().length; at++) {
            float e = expected.data()[at];
            float a = actual.data()[at];
            boolean element = isElement(expected, at);
            int eBits = element ? Float.floatToIntBits(e) : Float.floatToRawIntBits(e);
            int aBits = element ? Float.floatToIntBits(a) : Float.floatToRawIntBits(a);
            if (eBits != aBits) {
                fail(
                        describe(what, expected, at, element)
                                + ": expected %s (%a), got %s (%a)".formatted(e, e, a, a));
            }
        }
        assertEquals(expected.data().length, actual.data().length, what);
    }

    private static boolean isElement(Matrix x, int at) {
        int relative = at - x.offset();
        return relative >= 0
                && x.ld() > 0
                && relative % x.ld() < x.cols()
                && relative / x.ld() < x.rows();
    }

    private static String describe(String what, Matrix x, int at, boolean element) {
        return element
                ? "%s: element (%d, %d) of %s"
                        .formatted(
                                what,
                                (at - x.offset()) / x.ld(),
                                (at - x.offset()) % x.ld(),
                                x.shape())
                : "%s: index %d of the array, outside %s".formatted(what, at, x.shape());
    }

    /** Requires numbers, so that a comparison with them can fail. */
    static void assertFinite(String what, Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.cols(); j++) {
                if (!Float.isFinite(x.at(i, j))) {
                    fail("%s: element (%d, %d) is %s".formatted(what, i, j, x.at(i, j)));
                }
            }
        }
    }

    /** Requires |actual - expected| &lt;= bound. */
    static void assertWithin(String what, double bound, double expected, double actual) {
        if (!(Math.abs(actual - expected) <= bound)) {
            fail(
                    "%s: expected %s, got %s, off by %.3g; the bound is %.3g"
                            .formatted(what, expected, actual, Math.abs(actual - expected), bound));
        }
    }
}
