package io.github.lanewise.engine.internal.simd.rows;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.lanewise.engine.internal.scalar.WideSum;
import io.github.lanewise.engine.internal.simd.support.Scratch;

import jdk.incubator.vector.FloatVector;

import java.util.Arrays;

/**
 * The wide sum of {@link io.github.lanewise.engine.Kernels}, as {@link WideSum} takes it. A group's
 * rows are added up in vectors of floats, so that but one in sixteen is widened. The sixteen sums
 * in double are plain numbers in an array: conversions of vectors from float to double were at
 * times left out of line by C2, and then allocated for the life of the JVM.
 */
final class WideSums {

    private static final int LANES = WideSum.LANES;

    private WideSums() {}

    /** Returns the wide sum of n elements. */
    static double sum(float[] x, int xAt, int n) {
        int rows = n / LANES * LANES;
        double sum = 0;
        if (rows > 0) {
            Scratch scratch = Scratch.mine();
            double[] sums = scratch.lanes;
            Arrays.fill(sums, 0);
            int groups = n / WideSum.GROUP * WideSum.GROUP;
            addGroups(x, xAt, groups, scratch);
            addRows(x, xAt + groups, rows - groups, sums);
            sum = fold(sums);
        }
        for (int j = rows; j < n; j++) {
            sum += x[xAt + j];
        }
        return sum;
    }

    private static void addGroups(float[] x, int at, int n, Scratch scratch) {
        for (int group = 0; group < n; group += WideSum.GROUP) {
            for (int lane = 0; lane < LANES; lane += COUNT) {
                int j = group + lane;
                int i = at + j;
                FloatVector s0 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 16)));
                FloatVector s1 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 32))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 48)));
                FloatVector s2 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 64))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 80)));
                FloatVector s3 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 96))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 112)));
                FloatVector s4 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 128))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 144)));
                FloatVector s5 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 160))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 176)));
                FloatVector s6 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 192))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 208)));
                FloatVector s7 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 224))
                                .add(FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 240)));
                FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
                sum.intoArray(scratch.row16, lane);
            }
            addRow(scratch.row16, 0, scratch.lanes);
        }
    }

    /** Adds n elements, whole rows, one row after the other. */
    private static void addRows(float[] x, int at, int n, double[] sums) {
        for (int j = 0; j < n; j += LANES) {
            addRow(x, at + j, sums);
        }
    }

    private static void addRow(float[] x, int at, double[] sums) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += x[at + lane];
        }
    }

    /** Returns the wide sum of x[j] y[j]. */
    static double dot(float[] x, int xAt, float[] y, int yAt, int n) {
        int rows = n / LANES * LANES;
        double sum = 0;
        if (rows > 0) {
            Scratch scratch = Scratch.mine();
            double[] sums = scratch.lanes;
            Arrays.fill(sums, 0);
            int groups = n / WideSum.GROUP * WideSum.GROUP;
            addGroups(x, xAt, y, yAt, groups, scratch);
            addRows(x, xAt + groups, y, yAt + groups, rows - groups, sums);
            sum = fold(sums);
        }
        for (int j = rows; j < n; j++) {
            sum += x[xAt + j] * y[yAt + j];
        }
        return sum;
    }

    private static void addGroups(float[] x, int xAt, float[] y, int yAt, int n, Scratch scratch) {
        for (int group = 0; group < n; group += WideSum.GROUP) {
            for (int lane = 0; lane < LANES; lane += COUNT) {
                int j = group + lane;
                int i = xAt + j;
                int k = yAt + j;
                FloatVector s0 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 16))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 16)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i))
                                                .mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k))));
                FloatVector s1 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 48))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 48)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 32))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 32))));
                FloatVector s2 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 80))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 80)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 64))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 64))));
                FloatVector s3 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 112))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 112)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 96))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 96))));
                FloatVector s4 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 144))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 144)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 128))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 128))));
                FloatVector s5 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 176))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 176)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 160))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 160))));
                FloatVector s6 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 208))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 208)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 192))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 192))));
                FloatVector s7 =
                        FLOAT_VECTOR
                                .cast(fromArray(FLOATS, x, i + 240))
                                .fma(
                                        FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 240)),
                                        FLOAT_VECTOR
                                                .cast(fromArray(FLOATS, x, i + 224))
                                                .mul(
                                                        FLOAT_VECTOR.cast(
                                                                fromArray(FLOATS, y, k + 224))));
                FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
                sum.intoArray(scratch.row16, lane);
            }
            addRow(scratch.row16, 0, scratch.lanes);
        }
    }

    private static void addRows(float[] x, int xAt, float[] y, int yAt, int n, double[] sums) {
        for (int j = 0; j < n; j += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += x[xAt + j + lane] * y[yAt + j + lane];
            }
        }
    }

    /** Returns the wide sum of x[j] y[j] where x[j] is not 0. */
    static double weighted(float[] x, int xAt, float[] y, int yAt, int n) {
        int rows = n / LANES * LANES;
        double sum = 0;
        if (rows > 0) {
            Scratch scratch = Scratch.mine();
            double[] sums = scratch.lanes;
            Arrays.fill(sums, 0);
            int groups = n / WideSum.GROUP * WideSum.GROUP;
            addWeightedGroups(x, xAt, y, yAt, groups, scratch);
            addWeightedRows(x, xAt + groups, y, yAt + groups, rows - groups, sums);
            sum = fold(sums);
        }
        for (int j = rows; j < n; j++) {
            sum += x[xAt + j] == 0 ? 0f : x[xAt + j] * y[yAt + j];
        }
        return sum;
    }

    private static void addWeightedGroups(
            float[] x, int xAt, float[] y, int yAt, int n, Scratch scratch) {
        for (int group = 0; group < n; group += WideSum.GROUP) {
            for (int lane = 0; lane < LANES; lane += COUNT) {
                int j = group + lane;
                int i = xAt + j;
                int k = yAt + j;
                FloatVector w0 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i));
                FloatVector p0 =
                        w0.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k)))
                                .blend(0f, w0.compare(EQ, 0f));
                FloatVector w1 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 16));
                FloatVector s0 =
                        w1.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 16)), p0)
                                .blend(p0, w1.compare(EQ, 0f));
                FloatVector w2 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 32));
                FloatVector p2 =
                        w2.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 32)))
                                .blend(0f, w2.compare(EQ, 0f));
                FloatVector w3 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 48));
                FloatVector s1 =
                        w3.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 48)), p2)
                                .blend(p2, w3.compare(EQ, 0f));
                FloatVector w4 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 64));
                FloatVector p4 =
                        w4.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 64)))
                                .blend(0f, w4.compare(EQ, 0f));
                FloatVector w5 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 80));
                FloatVector s2 =
                        w5.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 80)), p4)
                                .blend(p4, w5.compare(EQ, 0f));
                FloatVector w6 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 96));
                FloatVector p6 =
                        w6.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 96)))
                                .blend(0f, w6.compare(EQ, 0f));
                FloatVector w7 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 112));
                FloatVector s3 =
                        w7.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 112)), p6)
                                .blend(p6, w7.compare(EQ, 0f));
                FloatVector w8 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 128));
                FloatVector p8 =
                        w8.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 128)))
                                .blend(0f, w8.compare(EQ, 0f));
                FloatVector w9 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 144));
                FloatVector s4 =
                        w9.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 144)), p8)
                                .blend(p8, w9.compare(EQ, 0f));
                FloatVector w10 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 160));
                FloatVector p10 =
                        w10.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 160)))
                                .blend(0f, w10.compare(EQ, 0f));
                FloatVector w11 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 176));
                FloatVector s5 =
                        w11.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 176)), p10)
                                .blend(p10, w11.compare(EQ, 0f));
                FloatVector w12 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 192));
                FloatVector p12 =
                        w12.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 192)))
                                .blend(0f, w12.compare(EQ, 0f));
                FloatVector w13 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 208));
                FloatVector s6 =
                        w13.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 208)), p12)
                                .blend(p12, w13.compare(EQ, 0f));
                FloatVector w14 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 224));
                FloatVector p14 =
                        w14.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 224)))
                                .blend(0f, w14.compare(EQ, 0f));
                FloatVector w15 = FLOAT_VECTOR.cast(fromArray(FLOATS, x, i + 240));
                FloatVector s7 =
                        w15.fma(FLOAT_VECTOR.cast(fromArray(FLOATS, y, k + 240)), p14)
                                .blend(p14, w15.compare(EQ, 0f));
                FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
                sum.intoArray(scratch.row16, lane);
            }
            addRow(scratch.row16, 0, scratch.lanes);
        }
    }

    private static void addWeightedRows(
            float[] x, int xAt, float[] y, int yAt, int n, double[] sums) {
        for (int j = 0; j < n; j += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                float weight = x[xAt + j + lane];
                sums[lane] += weight == 0 ? 0f : weight * y[yAt + j + lane];
            }
        }
    }

    /** Adds lane i + h to lane i for h = 8, 4, 2, 1. */
    private static double fold(double[] s) {
        double s0 = (s[0] + s[8]) + (s[4] + s[12]);
        double s1 = (s[1] + s[9]) + (s[5] + s[13]);
        double s2 = (s[2] + s[10]) + (s[6] + s[14]);
        double s3 = (s[3] + s[11]) + (s[7] + s[15]);
        return (s0 + s2) + (s1 + s3);
    }
}
