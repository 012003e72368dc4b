package io.github.lanewise.engine.internal.simd.support;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes a square of 16 x 16 elements in registers: sixteen vectors of sixteen lanes go through
 * four rounds of exchanges; see {@link Transposition}. For vectors of 512 bits alone.
 *
 * <p>Both results of an exchange are picked from two vectors by an instruction each.
 */
final class SquareOf16 {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final IntVector LOW_1 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, lower(1), 0));
    private static final IntVector LOW_2 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, lower(2), 0));
    private static final IntVector LOW_4 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, lower(4), 0));
    private static final IntVector LOW_8 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, lower(8), 0));
    private static final IntVector HIGH_1 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, upper(1), 0));
    private static final IntVector HIGH_2 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, upper(2), 0));
    private static final IntVector HIGH_4 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, upper(4), 0));
    private static final IntVector HIGH_8 =
            INT_VECTOR.cast(IntVector.fromArray(Lanes.INTS, upper(8), 0));

    private SquareOf16() {}

    /** Lanes without the bit stay, those with it come from the second vector's lanes without. */
    private static int[] lower(int bit) {
        return pick(bit, 0, Lanes.COUNT - bit);
    }

    /** Lanes with the bit stay, those without come from the first vector's lanes with it. */
    private static int[] upper(int bit) {
        return pick(bit, bit, Lanes.COUNT);
    }

    /** Returns a lane of two vectors for each lane. */
    private static int[] pick(int bit, int without, int with) {
        int[] lanes = new int[Lanes.COUNT];
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = lane + ((lane & bit) == 0 ? without : with);
        }
        return lanes;
    }

    /** Makes a row of each column: {@code y[to + j * ldy + i] = x[from + i * ldx + j]}. */
    static void run(float[] x, int from, int ldx, float[] y, int to, int ldy) {
        IntVector a0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from)).reinterpretAsInts();
        IntVector a1 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + ldx)).reinterpretAsInts();
        IntVector a2 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 2 * ldx)).reinterpretAsInts();
        IntVector a3 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 3 * ldx)).reinterpretAsInts();
        IntVector a4 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 4 * ldx)).reinterpretAsInts();
        IntVector a5 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 5 * ldx)).reinterpretAsInts();
        IntVector a6 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 6 * ldx)).reinterpretAsInts();
        IntVector a7 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 7 * ldx)).reinterpretAsInts();
        IntVector a8 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 8 * ldx)).reinterpretAsInts();
        IntVector a9 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 9 * ldx)).reinterpretAsInts();
        IntVector a10 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 10 * ldx)).reinterpretAsInts();
        IntVector a11 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 11 * ldx)).reinterpretAsInts();
        IntVector a12 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 12 * ldx)).reinterpretAsInts();
        IntVector a13 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 13 * ldx)).reinterpretAsInts();
        IntVector a14 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 14 * ldx)).reinterpretAsInts();
        IntVector a15 =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 15 * ldx)).reinterpretAsInts();
        IntVector b0 = LOW_1.selectFrom(a0, a1);
        IntVector b1 = HIGH_1.selectFrom(a0, a1);
        IntVector b2 = LOW_1.selectFrom(a2, a3);
        IntVector b3 = HIGH_1.selectFrom(a2, a3);
        IntVector b4 = LOW_1.selectFrom(a4, a5);
        IntVector b5 = HIGH_1.selectFrom(a4, a5);
        IntVector b6 = LOW_1.selectFrom(a6, a7);
        IntVector b7 = HIGH_1.selectFrom(a6, a7);
        IntVector b8 = LOW_1.selectFrom(a8, a9);
        IntVector b9 = HIGH_1.selectFrom(a8, a9);
        IntVector b10 = LOW_1.selectFrom(a10, a11);
        IntVector b11 = HIGH_1.selectFrom(a10, a11);
        IntVector b12 = LOW_1.selectFrom(a12, a13);
        IntVector b13 = HIGH_1.selectFrom(a12, a13);
        IntVector b14 = LOW_1.selectFrom(a14, a15);
        IntVector b15 = HIGH_1.selectFrom(a14, a15);
        a0 = LOW_2.selectFrom(b0, b2);
        a1 = LOW_2.selectFrom(b1, b3);
        a2 = HIGH_2.selectFrom(b0, b2);
        a3 = HIGH_2.selectFrom(b1, b3);
        a4 = LOW_2.selectFrom(b4, b6);
        a5 = LOW_2.selectFrom(b5, b7);
        a6 = HIGH_2.selectFrom(b4, b6);
        a7 = HIGH_2.selectFrom(b5, b7);
        a8 = LOW_2.selectFrom(b8, b10);
        a9 = LOW_2.selectFrom(b9, b11);
        a10 = HIGH_2.selectFrom(b8, b10);
        a11 = HIGH_2.selectFrom(b9, b11);
        a12 = LOW_2.selectFrom(b12, b14);
        a13 = LOW_2.selectFrom(b13, b15);
        a14 = HIGH_2.selectFrom(b12, b14);
        a15 = HIGH_2.selectFrom(b13, b15);
        b0 = LOW_4.selectFrom(a0, a4);
        b1 = LOW_4.selectFrom(a1, a5);
        b2 = LOW_4.selectFrom(a2, a6);
        b3 = LOW_4.selectFrom(a3, a7);
        b4 = HIGH_4.selectFrom(a0, a4);
        b5 = HIGH_4.selectFrom(a1, a5);
        b6 = HIGH_4.selectFrom(a2, a6);
        b7 = HIGH_4.selectFrom(a3, a7);
        b8 = LOW_4.selectFrom(a8, a12);
        b9 = LOW_4.selectFrom(a9, a13);
        b10 = LOW_4.selectFrom(a10, a14);
        b11 = LOW_4.selectFrom(a11, a15);
        b12 = HIGH_4.selectFrom(a8, a12);
        b13 = HIGH_4.selectFrom(a9, a13);
        b14 = HIGH_4.selectFrom(a10, a14);
        b15 = HIGH_4.selectFrom(a11, a15);
        FLOAT_VECTOR.cast(LOW_8.selectFrom(b0, b8).reinterpretAsFloats()).intoArray(y, to);
        FLOAT_VECTOR.cast(LOW_8.selectFrom(b1, b9).reinterpretAsFloats()).intoArray(y, to + ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b2, b10).reinterpretAsFloats())
                .intoArray(y, to + 2 * ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b3, b11).reinterpretAsFloats())
                .intoArray(y, to + 3 * ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b4, b12).reinterpretAsFloats())
                .intoArray(y, to + 4 * ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b5, b13).reinterpretAsFloats())
                .intoArray(y, to + 5 * ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b6, b14).reinterpretAsFloats())
                .intoArray(y, to + 6 * ldy);
        FLOAT_VECTOR
                .cast(LOW_8.selectFrom(b7, b15).reinterpretAsFloats())
                .intoArray(y, to + 7 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b0, b8).reinterpretAsFloats())
                .intoArray(y, to + 8 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b1, b9).reinterpretAsFloats())
                .intoArray(y, to + 9 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b2, b10).reinterpretAsFloats())
                .intoArray(y, to + 10 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b3, b11).reinterpretAsFloats())
                .intoArray(y, to + 11 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b4, b12).reinterpretAsFloats())
                .intoArray(y, to + 12 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b5, b13).reinterpretAsFloats())
                .intoArray(y, to + 13 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b6, b14).reinterpretAsFloats())
                .intoArray(y, to + 14 * ldy);
        FLOAT_VECTOR
                .cast(HIGH_8.selectFrom(b7, b15).reinterpretAsFloats())
                .intoArray(y, to + 15 * ldy);
    }
}
