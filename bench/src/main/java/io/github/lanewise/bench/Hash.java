package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

/** Makes one number of the bits of matrices. */
final class Hash {

    private Hash() {}

    /** Continues a hash with the bits of a matrix. */
    static int of(int hash, Matrix matrix) {
        int result = hash;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                result = 31 * result + Float.floatToIntBits(matrix.at(i, j));
            }
        }
        return result;
    }
}
