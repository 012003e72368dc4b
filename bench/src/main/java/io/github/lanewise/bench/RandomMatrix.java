package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;

import java.util.SplittableRandom;

/** Makes operands that are the same in every run. */
public final class RandomMatrix {

    private final SplittableRandom random;

    /** Starts from a seed. */
    public RandomMatrix(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Makes a matrix of numbers from -1 to 1. */
    public Matrix next(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        float[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextDouble(-1, 1);
        }
        return matrix;
    }
}
