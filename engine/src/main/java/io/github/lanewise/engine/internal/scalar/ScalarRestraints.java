package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;

import java.util.Arrays;

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
    public float sumOfAbsolutes(Matrix x) {
        float sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            sum += StridedSum.absolute(x.data(), x.offset() + i * x.ld(), x.cols());
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
                y.data()[yRow + j] = Math.fma(alpha, sign, y.data()[yRow + j]);
            }
        }
    }

    @Override
    public void limitColumnNorms(float limit, Matrix x, Matrix norms) {
        float[] norm = norms.data();
        int begin = norms.offset();
        Arrays.fill(norm, begin, begin + x.cols(), 0);
        for (int i = 0; i < x.rows(); i++) {
            int row = x.offset() + i * x.ld();
            for (int j = 0; j < x.cols(); j++) {
                float value = x.data()[row + j];
                norm[begin + j] = Math.fma(value, value, norm[begin + j]);
            }
        }
        for (int j = 0; j < x.cols(); j++) {
            norm[begin + j] = (float) Math.sqrt(norm[begin + j]);
            if (norm[begin + j] > limit) {
                scaleColumn(x, j, limit / norm[begin + j]);
            }
        }
    }

    private static void scaleColumn(Matrix x, int j, float factor) {
        for (int i = 0; i < x.rows(); i++) {
            x.data()[x.offset() + i * x.ld() + j] *= factor;
        }
    }

    @Override
    public void limitRowNorms(float limit, Matrix x, Matrix norms) {
        float[] data = x.data();
        for (int i = 0; i < x.rows(); i++) {
            int row = x.offset() + i * x.ld();
            float norm = (float) Math.sqrt(StridedSum.dot(data, row, data, row, x.cols()));
            norms.data()[norms.offset() + i] = norm;
            if (norm > limit) {
                float factor = limit / norm;
                for (int j = 0; j < x.cols(); j++) {
                    data[row + j] *= factor;
                }
            }
        }
    }
}
