package io.github.lanewise.nn.init;

import io.github.lanewise.engine.Matrix;

/**
 * Draws a matrix evenly among those with orthogonal rows or columns (Saxe, McClelland and Ganguli,
 * "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014).
 *
 * <p>Normal variates, made orthogonal in double precision by Gram and Schmidt's method, which is
 * applied twice to each vector because once loses digits.
 */
record Orthogonal(double gain) implements Initializer {

    Orthogonal {
        if (!Double.isFinite(gain)) {
            throw new IllegalArgumentException(
                    "Initializer.orthogonal: gain is %s; it must be finite".formatted(gain));
        }
    }

    @Override
    public void fill(Matrix value, RandomStream random) {
        boolean byRows = value.rows() <= value.cols();
        double[][] vectors = new double[byRows ? value.rows() : value.cols()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = draw(byRows ? value.cols() : value.rows(), random);
            makeOrthogonal(vectors, i);
            makeOrthogonal(vectors, i);
        }
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.cols(); j++) {
                double number = byRows ? vectors[i][j] : vectors[j][i];
                value.data()[value.offset() + i * value.ld() + j] = (float) (gain * number);
            }
        }
    }

    private static double[] draw(int length, RandomStream random) {
        double[] vector = new double[length];
        for (int j = 0; j < length; j++) {
            vector[j] = random.gaussian();
        }
        return vector;
    }

    /** Takes from vector i its share along each vector before it, and makes its length 1. */
    private static void makeOrthogonal(double[][] vectors, int i) {
        double[] vector = vectors[i];
        for (int k = 0; k < i; k++) {
            addMultiple(-dot(vector, vectors[k]), vectors[k], vector);
        }
        double length = Math.sqrt(dot(vector, vector));
        for (int j = 0; j < vector.length; j++) {
            vector[j] /= length;
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum = Math.fma(x[j], y[j], sum);
        }
        return sum;
    }

    private static void addMultiple(double factor, double[] x, double[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] = Math.fma(factor, x[j], y[j]);
        }
    }
}
