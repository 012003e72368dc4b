package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

import java.util.SplittableRandom;

/** Makes operands that are the same in every run. */
final class RandomMatrix {

    private final SplittableRandom random;

    RandomMatrix(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Makes a matrix of numbers from -1 to 1. */
    Matrix next(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        float[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextDouble(-1, 1);
        }
        return matrix;
    }
}
