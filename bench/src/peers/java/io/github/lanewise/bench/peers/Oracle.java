package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

/**
 * A product in double precision, and how far from it a float product may be: for sums of k rounded
 * products in any order, |c - exact| is at most k u / (1 - k u) times the sum of |a| |b| (Higham,
 * Accuracy and Stability of Numerical Algorithms, 3.1), u = 2^-24.
 */
final class Oracle {

    /** Enough rows to meet every tile, few enough for 2048x2048x2048 in a second. */
    private static final int ROWS = 64;

    private final GemmShape shape;
    private final Matrix a;
    private final Matrix b;

    Oracle(GemmShape shape, Matrix a, Matrix b) {
        this.shape = shape;
        this.a = a;
        this.b = b;
    }

    /**
     * Refuses a result that is out of bounds in one of up to 64 rows, first and last among them.
     */
    void check(String name, float[] c) {
        int rows = Math.min(ROWS, shape.m());
        for (int r = 0; r < rows; r++) {
            int i = rows == 1 ? 0 : (int) ((long) r * (shape.m() - 1) / (rows - 1));
            checkRow(name, c, i);
        }
    }

    private void checkRow(String name, float[] c, int i) {
        double[] exact = new double[shape.n()];
        double[] size = new double[shape.n()];
        for (int p = 0; p < shape.k(); p++) {
            double aip = shape.transpose().a() ? a.at(p, i) : a.at(i, p);
            for (int j = 0; j < shape.n(); j++) {
                double product = aip * (shape.transpose().b() ? b.at(j, p) : b.at(p, j));
                exact[j] += product;
                size[j] += Math.abs(product);
            }
        }
        double ku = (shape.k() + 1) * 0x1p-24;
        for (int j = 0; j < shape.n(); j++) {
            float actual = c[i * shape.n() + j];
            if (!(Math.abs(actual - exact[j]) <= ku / (1 - ku) * size[j])) {
                throw new IllegalStateException(
                        "%s: %s: element (%d, %d) is %s, expected %s"
                                .formatted(name, shape, i, j, actual, exact[j]));
            }
        }
    }
}
