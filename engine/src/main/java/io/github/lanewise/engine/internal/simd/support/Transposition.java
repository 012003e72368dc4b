package io.github.lanewise.engine.internal.simd.support;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes a matrix.
 *
 * <p>Squares of L x L elements (L lanes) are transposed in two passes over four vectors each: the
 * first transposes 4 x 4 blocks within vectors, the second the blocks themselves. A pass is two
 * <i>exchanges</i>: at distance d, the lanes of two vectors whose numbers differ in bit d change
 * places.
 *
 * <p>{@link SquareOf16} is twice as fast, and not for everybody: until C2 has compiled it, after
 * 5,000 calls, it keeps C2 busy for a tenth of a second with the Vector API's own loops.
 */
public final class Transposition {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    /** Vectors of four lanes in a vector. */
    private static final int GROUPS = L / 4;

    private static final VectorShuffle<Float> UP_1 = shift(-1);
    private static final VectorShuffle<Float> UP_2 = shift(-2);
    private static final VectorShuffle<Float> UP_4 = shift(-4);
    private static final VectorShuffle<Float> UP_8 = shift(-8);
    private static final VectorShuffle<Float> DOWN_1 = shift(1);
    private static final VectorShuffle<Float> DOWN_2 = shift(2);
    private static final VectorShuffle<Float> DOWN_4 = shift(4);
    private static final VectorShuffle<Float> DOWN_8 = shift(8);
    private static final VectorMask<Float> BIT_1 = lanesWithBit(1);
    private static final VectorMask<Float> BIT_2 = lanesWithBit(2);
    private static final VectorMask<Float> BIT_4 = lanesWithBit(4);
    private static final VectorMask<Float> BIT_8 = lanesWithBit(8);

    /** A square between the passes: vector g of residue r lies at (r * GROUPS + g) * L. */
    private final float[] square = new float[L * L];

    private final boolean inRegisters;

    /** Makes one that goes by {@link SquareOf16} where vectors have 16 lanes. */
    public static Transposition inRegisters() {
        return new Transposition(true);
    }

    /** Makes one that is compiled soon. */
    public static Transposition inPasses() {
        return new Transposition(false);
    }

    private Transposition(boolean inRegisters) {
        this.inRegisters = inRegisters;
    }

    private static VectorShuffle<Float> shift(int by) {
        return VectorShuffle.fromOp(S, lane -> lane + by & L - 1);
    }

    private static VectorMask<Float> lanesWithBit(int bit) {
        boolean[] lanes = new boolean[L];
        for (int lane = 0; lane < L; lane++) {
            lanes[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(S, lanes, 0);
    }

    /**
     * Makes a row of each column: {@code y[to + j * ldy + i] = x[from + i * ldx + j]}. The last
     * squares begin so early that they end with the matrix.
     */
    public void run(int rows, int cols, float[] x, int from, int ldx, float[] y, int to, int ldy) {
        if (rows < L || cols < L) {
            columns(rows, cols, x, from, ldx, y, to, ldy);
            return;
        }
        for (int i = 0; i < rows; i += L) {
            int row = Math.min(i, rows - L);
            for (int j = 0; j < cols; j += L) {
                int col = Math.min(j, cols - L);
                square(x, from + row * ldx + col, ldx, y, to + col * ldy + row, ldy);
            }
        }
    }

    private static void columns(
            int rows, int cols, float[] x, int from, int ldx, float[] y, int to, int ldy) {
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                y[to + j * ldy + i] = x[from + i * ldx + j];
            }
        }
    }

    private void square(float[] x, int from, int ldx, float[] y, int to, int ldy) {
        if (L == 16 && inRegisters) {
            SquareOf16.run(x, from, ldx, y, to, ldy);
            return;
        }
        for (int g = 0; g < GROUPS; g++) {
            withinVectors(x, from + 4 * g * ldx, ldx, square, g * L);
        }
        for (int r = 0; r < 4; r++) {
            if (L == 16) {
                blocksOf16(square, r * GROUPS * L, y, to + r * ldy, ldy);
            } else if (L == 8) {
                blocksOf8(square, r * GROUPS * L, y, to + r * ldy, ldy);
            } else {
                System.arraycopy(square, r * L, y, to + r * ldy, L);
            }
        }
    }

    private static void withinVectors(float[] x, int from, int ldx, float[] square, int at) {
        FloatVector v0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from));
        FloatVector v1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + ldx));
        FloatVector v2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 2 * ldx));
        FloatVector v3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, from + 3 * ldx));
        FloatVector w0 = v0.blend(v1.rearrange(UP_1), BIT_1);
        FloatVector w1 = v0.rearrange(DOWN_1).blend(v1, BIT_1);
        FloatVector w2 = v2.blend(v3.rearrange(UP_1), BIT_1);
        FloatVector w3 = v2.rearrange(DOWN_1).blend(v3, BIT_1);
        w0.blend(w2.rearrange(UP_2), BIT_2).intoArray(square, at);
        w1.blend(w3.rearrange(UP_2), BIT_2).intoArray(square, at + GROUPS * L);
        w0.rearrange(DOWN_2).blend(w2, BIT_2).intoArray(square, at + 2 * GROUPS * L);
        w1.rearrange(DOWN_2).blend(w3, BIT_2).intoArray(square, at + 3 * GROUPS * L);
    }

    private static void blocksOf16(float[] square, int from, float[] y, int to, int ldy) {
        FloatVector v0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from));
        FloatVector v1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from + L));
        FloatVector v2 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from + 2 * L));
        FloatVector v3 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from + 3 * L));
        FloatVector w0 = v0.blend(v1.rearrange(UP_4), BIT_4);
        FloatVector w1 = v0.rearrange(DOWN_4).blend(v1, BIT_4);
        FloatVector w2 = v2.blend(v3.rearrange(UP_4), BIT_4);
        FloatVector w3 = v2.rearrange(DOWN_4).blend(v3, BIT_4);
        w0.blend(w2.rearrange(UP_8), BIT_8).intoArray(y, to);
        w1.blend(w3.rearrange(UP_8), BIT_8).intoArray(y, to + 4 * ldy);
        w0.rearrange(DOWN_8).blend(w2, BIT_8).intoArray(y, to + 8 * ldy);
        w1.rearrange(DOWN_8).blend(w3, BIT_8).intoArray(y, to + 12 * ldy);
    }

    private static void blocksOf8(float[] square, int from, float[] y, int to, int ldy) {
        FloatVector v0 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from));
        FloatVector v1 = FLOAT_VECTOR.cast(FloatVector.fromArray(S, square, from + L));
        v0.blend(v1.rearrange(UP_4), BIT_4).intoArray(y, to);
        v0.rearrange(DOWN_4).blend(v1, BIT_4).intoArray(y, to + 4 * ldy);
    }
}
