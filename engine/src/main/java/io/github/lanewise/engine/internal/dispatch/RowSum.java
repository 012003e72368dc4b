package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.internal.DoubleSum;
import io.github.lanewise.engine.internal.RowKernels;

/** The operations whose result is one number: what they add up along a row of n elements. */
enum RowSum {
    /** The elements of x. */
    ELEMENTS {
        @Override
        double of(RowKernels rows, float[] x, int xAt, float[] y, int yAt, int n) {
            return rows.sum(x, xAt, n);
        }

        @Override
        double inDouble(float[] x, int xAt, float[] y, int yAt, int n) {
            return DoubleSum.sum(x, xAt, n);
        }
    },
    /** The products of x and y. */
    PRODUCTS {
        @Override
        double of(RowKernels rows, float[] x, int xAt, float[] y, int yAt, int n) {
            return rows.dot(x, xAt, y, yAt, n);
        }

        @Override
        double inDouble(float[] x, int xAt, float[] y, int yAt, int n) {
            return DoubleSum.dot(x, xAt, y, yAt, n);
        }

        @Override
        boolean trusts(double sum) {
            return DoubleSum.trustsDot(sum);
        }
    },
    /** The products of x and y where x is not 0. */
    WEIGHTED {
        @Override
        double of(RowKernels rows, float[] x, int xAt, float[] y, int yAt, int n) {
            return rows.weightedSum(x, xAt, y, yAt, n);
        }

        @Override
        double inDouble(float[] x, int xAt, float[] y, int yAt, int n) {
            return DoubleSum.weighted(x, xAt, y, yAt, n);
        }
    };

    abstract double of(RowKernels rows, float[] x, int xAt, float[] y, int yAt, int n);

    abstract double inDouble(float[] x, int xAt, float[] y, int yAt, int n);

    /** Whether floats held all that counts in the sum over all rows. */
    boolean trusts(double sum) {
        return DoubleSum.trusts(sum);
    }

    /** Writes the results of rows. */
    void run(Call c, int from, int to) {
        for (int i = from; i < to; i++) {
            int xAt = c.x.offset() + i * c.x.ld();
            int yAt = c.y.offset() + i * c.y.ld();
            int n = c.x.cols();
            c.results[i] =
                    c.inDouble
                            ? inDouble(c.x.data(), xAt, c.y.data(), yAt, n)
                            : of(c.kernels.rows(), c.x.data(), xAt, c.y.data(), yAt, n);
        }
    }
}
