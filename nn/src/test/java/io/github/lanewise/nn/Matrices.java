package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.init.RandomStream;

/** Small matrices for tests. */
public final class Matrices {

    private Matrices() {}

    public static Matrix transposed(Matrix matrix) {
        Matrix result = Matrix.zeros(matrix.cols(), matrix.rows());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                result.data()[j * matrix.rows() + i] = matrix.at(i, j);
            }
        }
        return result;
    }

    public static Matrix gaussian(int rows, int cols, long seed) {
        RandomStream random = new RandomStream(seed);
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = (float) random.gaussian();
        }
        return matrix;
    }

    public static float[] values(Matrix matrix) {
        float[] values = new float[matrix.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.at(i / matrix.cols(), i % matrix.cols());
        }
        return values;
    }

    /** Sets a parameter from a matrix of its size. */
    public static void assign(Param parameter, Matrix value) {
        assertEquals(parameter.size(), value.size(), "elements of parameter and value");
        System.arraycopy(value.data(), value.offset(), parameter.value().data(), 0, value.size());
    }

    /** Returns all values of a model's parameters, one after another. */
    public static float[] weights(Layer model) {
        int size = model.parameters().values().stream().mapToInt(Param::size).sum();
        float[] all = new float[size];
        int at = 0;
        for (Param parameter : model.parameters().values()) {
            System.arraycopy(parameter.value().data(), 0, all, at, parameter.size());
            at += parameter.size();
        }
        return all;
    }
}
