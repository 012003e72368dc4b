package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Some rows of dy times what some taps see: the partial sums of a block of weights stay in vector
 * registers while positions run.
 */
final class StridedBlock {

    /** Rows of dy in a block. */
    static final int ROWS = 4;

    /** Taps in a block: as many as leave the sums in registers. */
    static final int TAPS = Lanes.REGISTERS >= 32 ? 5 : 2;

    private static final int STRIDE = ConvolutionKernels.STRIDE;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private StridedBlock() {}

    /**
     * Adds n positions, a multiple of the stride, to a block of sums.
     *
     * @param gradients where the rows of dy begin, from number {@code row} on
     * @param places where the taps find what they see, from number {@code tap} on
     * @param at where the sums of the block's first weight are; the next tap's follow
     * @param pitch weights from one row to the next
     */
    static void run(
            int n,
            float[] dy,
            int[] gradients,
            int row,
            float[] x,
            int[] places,
            int tap,
            float[] sums,
            int at,
            int pitch) {
        for (int lane = 0; lane < STRIDE; lane += Lanes.COUNT) {
            if (TAPS == 5) {
                five(n, dy, gradients, row, x, places, tap, sums, at, pitch, lane);
            } else {
                two(n, dy, gradients, row, x, places, tap, sums, at, pitch, lane);
            }
        }
    }

    private static void five(
            int n,
            float[] dy,
            int[] gradients,
            int row,
            float[] x,
            int[] places,
            int tap,
            float[] sums,
            int at,
            int pitch,
            int lane) {
        // unroll i < 4
        // int d{i} = gradients[row{+i}] + lane;
        int d0 = gradients[row] + lane;
        int d1 = gradients[row + 1] + lane;
        int d2 = gradients[row + 2] + lane;
        int d3 = gradients[row + 3] + lane;
        // end
        // unroll i < 5
        // int x{i} = places[tap{+i}] + lane;
        int x0 = places[tap] + lane;
        int x1 = places[tap + 1] + lane;
        int x2 = places[tap + 2] + lane;
        int x3 = places[tap + 3] + lane;
        int x4 = places[tap + 4] + lane;
        // end
        // unroll i < 4
        // int at{i} = at{+i*pitch * STRIDE} + lane;
        int at0 = at + lane;
        int at1 = at + pitch * STRIDE + lane;
        int at2 = at + 2 * pitch * STRIDE + lane;
        int at3 = at + 3 * pitch * STRIDE + lane;
        // end
        // unroll i < 4, j < 5
        // FloatVector s{i}{j} = FloatVector.fromArray(S, sums, at{i}{+j*STRIDE});
        FloatVector s00 = FloatVector.fromArray(S, sums, at0);
        FloatVector s01 = FloatVector.fromArray(S, sums, at0 + STRIDE);
        FloatVector s02 = FloatVector.fromArray(S, sums, at0 + 2 * STRIDE);
        FloatVector s03 = FloatVector.fromArray(S, sums, at0 + 3 * STRIDE);
        FloatVector s04 = FloatVector.fromArray(S, sums, at0 + 4 * STRIDE);
        FloatVector s10 = FloatVector.fromArray(S, sums, at1);
        FloatVector s11 = FloatVector.fromArray(S, sums, at1 + STRIDE);
        FloatVector s12 = FloatVector.fromArray(S, sums, at1 + 2 * STRIDE);
        FloatVector s13 = FloatVector.fromArray(S, sums, at1 + 3 * STRIDE);
        FloatVector s14 = FloatVector.fromArray(S, sums, at1 + 4 * STRIDE);
        FloatVector s20 = FloatVector.fromArray(S, sums, at2);
        FloatVector s21 = FloatVector.fromArray(S, sums, at2 + STRIDE);
        FloatVector s22 = FloatVector.fromArray(S, sums, at2 + 2 * STRIDE);
        FloatVector s23 = FloatVector.fromArray(S, sums, at2 + 3 * STRIDE);
        FloatVector s24 = FloatVector.fromArray(S, sums, at2 + 4 * STRIDE);
        FloatVector s30 = FloatVector.fromArray(S, sums, at3);
        FloatVector s31 = FloatVector.fromArray(S, sums, at3 + STRIDE);
        FloatVector s32 = FloatVector.fromArray(S, sums, at3 + 2 * STRIDE);
        FloatVector s33 = FloatVector.fromArray(S, sums, at3 + 3 * STRIDE);
        FloatVector s34 = FloatVector.fromArray(S, sums, at3 + 4 * STRIDE);
        // end
        for (int p = 0; p < n; p += STRIDE) {
            // unroll i < 5
            // FloatVector seen{i} = FloatVector.fromArray(S, x, x{i} + p);
            FloatVector seen0 = FloatVector.fromArray(S, x, x0 + p);
            FloatVector seen1 = FloatVector.fromArray(S, x, x1 + p);
            FloatVector seen2 = FloatVector.fromArray(S, x, x2 + p);
            FloatVector seen3 = FloatVector.fromArray(S, x, x3 + p);
            FloatVector seen4 = FloatVector.fromArray(S, x, x4 + p);
            // end
            FloatVector d;
            // unroll i < 4, j < 5
            // d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d{i} + p));
            // s{i}{j} = d.fma(seen{j}, s{i}{j});
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d0 + p));
            s00 = d.fma(seen0, s00);
            s01 = d.fma(seen1, s01);
            s02 = d.fma(seen2, s02);
            s03 = d.fma(seen3, s03);
            s04 = d.fma(seen4, s04);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d1 + p));
            s10 = d.fma(seen0, s10);
            s11 = d.fma(seen1, s11);
            s12 = d.fma(seen2, s12);
            s13 = d.fma(seen3, s13);
            s14 = d.fma(seen4, s14);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d2 + p));
            s20 = d.fma(seen0, s20);
            s21 = d.fma(seen1, s21);
            s22 = d.fma(seen2, s22);
            s23 = d.fma(seen3, s23);
            s24 = d.fma(seen4, s24);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d3 + p));
            s30 = d.fma(seen0, s30);
            s31 = d.fma(seen1, s31);
            s32 = d.fma(seen2, s32);
            s33 = d.fma(seen3, s33);
            s34 = d.fma(seen4, s34);
            // end
        }
        // unroll i < 4, j < 5
        // FLOAT_VECTOR.cast(s{i}{j}).intoArray(sums, at{i}{+j*STRIDE});
        FLOAT_VECTOR.cast(s00).intoArray(sums, at0);
        FLOAT_VECTOR.cast(s01).intoArray(sums, at0 + STRIDE);
        FLOAT_VECTOR.cast(s02).intoArray(sums, at0 + 2 * STRIDE);
        FLOAT_VECTOR.cast(s03).intoArray(sums, at0 + 3 * STRIDE);
        FLOAT_VECTOR.cast(s04).intoArray(sums, at0 + 4 * STRIDE);
        FLOAT_VECTOR.cast(s10).intoArray(sums, at1);
        FLOAT_VECTOR.cast(s11).intoArray(sums, at1 + STRIDE);
        FLOAT_VECTOR.cast(s12).intoArray(sums, at1 + 2 * STRIDE);
        FLOAT_VECTOR.cast(s13).intoArray(sums, at1 + 3 * STRIDE);
        FLOAT_VECTOR.cast(s14).intoArray(sums, at1 + 4 * STRIDE);
        FLOAT_VECTOR.cast(s20).intoArray(sums, at2);
        FLOAT_VECTOR.cast(s21).intoArray(sums, at2 + STRIDE);
        FLOAT_VECTOR.cast(s22).intoArray(sums, at2 + 2 * STRIDE);
        FLOAT_VECTOR.cast(s23).intoArray(sums, at2 + 3 * STRIDE);
        FLOAT_VECTOR.cast(s24).intoArray(sums, at2 + 4 * STRIDE);
        FLOAT_VECTOR.cast(s30).intoArray(sums, at3);
        FLOAT_VECTOR.cast(s31).intoArray(sums, at3 + STRIDE);
        FLOAT_VECTOR.cast(s32).intoArray(sums, at3 + 2 * STRIDE);
        FLOAT_VECTOR.cast(s33).intoArray(sums, at3 + 3 * STRIDE);
        FLOAT_VECTOR.cast(s34).intoArray(sums, at3 + 4 * STRIDE);
        // end
    }

    private static void two(
            int n,
            float[] dy,
            int[] gradients,
            int row,
            float[] x,
            int[] places,
            int tap,
            float[] sums,
            int at,
            int pitch,
            int lane) {
        // unroll i < 4
        // int d{i} = gradients[row{+i}] + lane;
        int d0 = gradients[row] + lane;
        int d1 = gradients[row + 1] + lane;
        int d2 = gradients[row + 2] + lane;
        int d3 = gradients[row + 3] + lane;
        // end
        int x0 = places[tap] + lane;
        int x1 = places[tap + 1] + lane;
        // unroll i < 4
        // int at{i} = at{+i*pitch * STRIDE} + lane;
        int at0 = at + lane;
        int at1 = at + pitch * STRIDE + lane;
        int at2 = at + 2 * pitch * STRIDE + lane;
        int at3 = at + 3 * pitch * STRIDE + lane;
        // end
        // unroll i < 4, j < 2
        // FloatVector s{i}{j} = FloatVector.fromArray(S, sums, at{i}{+j*STRIDE});
        FloatVector s00 = FloatVector.fromArray(S, sums, at0);
        FloatVector s01 = FloatVector.fromArray(S, sums, at0 + STRIDE);
        FloatVector s10 = FloatVector.fromArray(S, sums, at1);
        FloatVector s11 = FloatVector.fromArray(S, sums, at1 + STRIDE);
        FloatVector s20 = FloatVector.fromArray(S, sums, at2);
        FloatVector s21 = FloatVector.fromArray(S, sums, at2 + STRIDE);
        FloatVector s30 = FloatVector.fromArray(S, sums, at3);
        FloatVector s31 = FloatVector.fromArray(S, sums, at3 + STRIDE);
        // end
        for (int p = 0; p < n; p += STRIDE) {
            FloatVector seen0 = FloatVector.fromArray(S, x, x0 + p);
            FloatVector seen1 = FloatVector.fromArray(S, x, x1 + p);
            FloatVector d;
            // unroll i < 4, j < 2
            // d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d{i} + p));
            // s{i}{j} = d.fma(seen{j}, s{i}{j});
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d0 + p));
            s00 = d.fma(seen0, s00);
            s01 = d.fma(seen1, s01);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d1 + p));
            s10 = d.fma(seen0, s10);
            s11 = d.fma(seen1, s11);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d2 + p));
            s20 = d.fma(seen0, s20);
            s21 = d.fma(seen1, s21);
            d = FLOAT_VECTOR.cast(FloatVector.fromArray(S, dy, d3 + p));
            s30 = d.fma(seen0, s30);
            s31 = d.fma(seen1, s31);
            // end
        }
        // unroll i < 4, j < 2
        // FLOAT_VECTOR.cast(s{i}{j}).intoArray(sums, at{i}{+j*STRIDE});
        FLOAT_VECTOR.cast(s00).intoArray(sums, at0);
        FLOAT_VECTOR.cast(s01).intoArray(sums, at0 + STRIDE);
        FLOAT_VECTOR.cast(s10).intoArray(sums, at1);
        FLOAT_VECTOR.cast(s11).intoArray(sums, at1 + STRIDE);
        FLOAT_VECTOR.cast(s20).intoArray(sums, at2);
        FLOAT_VECTOR.cast(s21).intoArray(sums, at2 + STRIDE);
        FLOAT_VECTOR.cast(s30).intoArray(sums, at3);
        FLOAT_VECTOR.cast(s31).intoArray(sums, at3 + STRIDE);
        // end
    }
}
