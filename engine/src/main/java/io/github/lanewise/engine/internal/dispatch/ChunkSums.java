package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * Room for sums over chunks of a batch: one array, and a matrix for each shape that was asked for.
 */
final class ChunkSums {

    private final List<Matrix> matrices = new ArrayList<>();
    private float[] data = new float[0];

    Matrix of(int rows, int cols) {
        for (int i = 0; i < matrices.size(); i++) {
            Matrix matrix = matrices.get(i);
            if (matrix.rows() == rows && matrix.cols() == cols) {
                return matrix;
            }
        }
        int size = Math.multiplyExact(rows, cols);
        if (data.length < size) {
            data = new float[size];
            matrices.clear();
        }
        Matrix matrix = new Matrix(data, 0, rows, cols, cols);
        matrices.add(matrix);
        return matrix;
    }
}
