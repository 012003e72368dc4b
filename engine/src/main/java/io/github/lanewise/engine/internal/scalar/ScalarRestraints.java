package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.internal.ColumnSums;
import io.github.lanewise.engine.internal.DoubleSum;
import io.github.lanewise.engine.internal.Fma;

/**
 * Plain loops, for every kernel set: they run once a step over weights, not over a batch, and C2
 * makes vectors of most of them by itself.
 */
public final class ScalarRestraints implements Restraints {

    @Override
    public void clamp(float low, float high, Matrix x) {
        float[] data = x.data();
        for (int i = 0; i < x.rows(); i++) {
            int begin = x.offset() + i * x.ld();
            for (int at = begin; at < begin + x.cols(); at++) {
                data[at] = data[at] < low ? low : data[at] > high ? high : data[at];
            }
        }
    }

    @Override
    public double sumOfAbsolutes(Matrix x) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            sum += WideSum.absolute(x.data(), x.offset() + i * x.ld(), x.cols());
        }
        return DoubleSum.trusts(sum) ? sum : sumOfAbsolutesInDouble(x);
    }

    private static double sumOfAbsolutesInDouble(Matrix x) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            sum += DoubleSum.absolute(x.data(), x.offset() + i * x.ld(), x.cols());
        }
        return sum;
    }

    @Override
    public float maxOfAbsolutes(Matrix x) {
        float max = 0;
        for (int i = 0; i < x.rows(); i++) {
            int begin = x.offset() + i * x.ld();
            for (int at = begin; at < begin + x.cols(); at++) {
                max = Math.max(max, Math.abs(x.data()[at]));
            }
        }
        return max;
    }

    @Override
    public void addSign(float alpha, Matrix x, Matrix y) {
        for (int i = 0; alpha != 0 && i < x.rows(); i++) {
            int xRow = x.offset() + i * x.ld();
            int yRow = y.offset() + i * y.ld();
            for (int j = 0; j < x.cols(); j++) {
                float sign = Math.signum(x.data()[xRow + j]);
                y.data()[yRow + j] = Fma.fma(alpha, sign, y.data()[yRow + j]);
            }
        }
    }

    @Override
    public void limitColumnNorms(float limit, Matrix x, Matrix norms) {
        ColumnSums.limitNorms(limit, x, norms);
    }

    @Override
    public void limitRowNorms(float limit, Matrix x, Matrix norms) {
        float[] data = x.data();
        for (int i = 0; i < x.rows(); i++) {
            int row = x.offset() + i * x.ld();
            float norm = (float) Math.sqrt(square(data, row, x.cols()));
            norms.data()[norms.offset() + i] = norm;
            if (norm > limit) {
                float factor = limit / norm;
                for (int j = 0; j < x.cols(); j++) {
                    data[row + j] *= factor;
                }
            }
        }
    }

    private static double square(float[] x, int at, int n) {
        double square = WideSum.dot(x, at, x, at, n);
        return DoubleSum.trustsDot(square) ? square : DoubleSum.dot(x, at, x, at, n);
    }
}
