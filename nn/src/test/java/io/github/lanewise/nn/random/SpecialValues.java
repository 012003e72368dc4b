package io.github.lanewise.nn.random;

import io.github.lanewise.engine.Matrix;

import java.util.List;

/** Numbers that programs meet when something went wrong, strewn among ordinary ones. */
final class SpecialValues {

    private static final List<Float> ALL =
            List.of(
                    Float.NaN,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    Float.MAX_VALUE,
                    -Float.MAX_VALUE,
                    1e38f,
                    -1e38f,
                    1e-38f,
                    Float.MIN_NORMAL,
                    Float.MIN_VALUE,
                    -Float.MIN_VALUE,
                    -0f,
                    0f,
                    88.7f,
                    -103.9f);

    private SpecialValues() {}

    /** Replaces about one number in so many. */
    static Matrix strew(Draw d, Matrix matrix, int oneIn) {
        for (int i = 0; i < matrix.size(); i++) {
            if (d.among(1, oneIn) == 1) {
                matrix.data()[i] = d.pick(ALL);
            }
        }
        return matrix;
    }
}
