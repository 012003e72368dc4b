package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

/** Refuses a kernel whose result differs from the reference, so that a wrong one cannot win. */
public final class SameBits {

    private SameBits() {}

    /** Throws unless both have the same bits in each element. */
    public static void require(String operation, Matrix expected, Matrix actual) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.cols(); j++) {
                int expectedBits = Float.floatToIntBits(expected.at(i, j));
                int actualBits = Float.floatToIntBits(actual.at(i, j));
                if (expectedBits != actualBits) {
                    throw new IllegalStateException(
                            "%s: element (%d, %d) of %s differs: expected %s (%08x), got %s (%08x)"
                                    .formatted(
                                            operation,
                                            i,
                                            j,
                                            expected.shape(),
                                            expected.at(i, j),
                                            expectedBits,
                                            actual.at(i, j),
                                            actualBits));
                }
            }
        }
    }
}
