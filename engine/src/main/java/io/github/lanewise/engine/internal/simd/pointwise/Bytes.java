package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INTS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.NUMBERS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Widens unsigned bytes to floats. */
final class Bytes {

    /** As many bytes as a vector has floats; four bytes are no vector, so 128 bits have none. */
    private static final VectorSpecies<Byte> BYTES =
            COUNT == 4 ? null : VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * COUNT));

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final Class<? extends ByteVector> BYTE_VECTOR =
            BYTES == null ? null : BYTES.vectorType().asSubclass(ByteVector.class);

    /** How far each of four bytes lies above the lowest in an int. */
    private static final IntVector SHIFTS = NUMBERS.mul(8);

    private Bytes() {}

    /** Writes y = fma(x, scale, shift) as far as whole vectors go; returns how far. */
    static int unpack(
            byte[] x, int xOffset, float scale, float shift, float[] y, int yOffset, int n) {
        int done = FLOATS.loopBound(n);
        FloatVector factor = ZERO.broadcast(scale);
        FloatVector summand = ZERO.broadcast(shift);
        for (int j = 0; j < done; j += COUNT) {
            IntVector ints =
                    COUNT == 4
                            ? NUMBERS.broadcast((int) FOUR_BYTES.get(x, xOffset + j))
                                    .lanewise(LSHR, SHIFTS)
                                    .and(0xff)
                            : INT_VECTOR.cast(
                                    BYTE_VECTOR
                                            .cast(ByteVector.fromArray(BYTES, x, xOffset + j))
                                            .convertShape(ZERO_EXTEND_B2I, INTS, 0));
            FloatVector floats = FLOAT_VECTOR.cast(ints.convert(I2F, 0));
            floats.fma(factor, summand).intoArray(y, yOffset + j);
        }
        return done;
    }
}
