package io.github.lanewise.engine.internal.simd.support;

import io.github.lanewise.engine.internal.Settings;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector width of this JVM. The species are static finals, because C2 compiles vector code
 * only where it knows the species.
 */
public final class Lanes {

    /** Width in bits: the one asked for, else the widest that the CPU has. */
    public static final int BITS = chosenBits();

    public static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));

    public static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

    /**
     * The class of these vectors. C2 must know it of each vector that is asked to compute, but does
     * not of what has just been loaded or what a loop carries: {@code FLOAT_VECTOR.cast(v)} tells
     * it, and takes no instruction.
     */
    public static final Class<? extends FloatVector> FLOAT_VECTOR =
            FLOATS.vectorType().asSubclass(FloatVector.class);

    public static final Class<? extends IntVector> INT_VECTOR =
            INTS.vectorType().asSubclass(IntVector.class);

    /**
     * What {@code ZERO.broadcast} is asked of: C2 knows the class of its result at once. Tiles,
     * which broadcast eight times, say {@code FLOAT_VECTOR.cast(FloatVector.broadcast(S, x))}, over
     * which both compilers take half as long.
     */
    public static final FloatVector ZERO = FloatVector.zero(FLOATS);

    /** The number of each lane. */
    public static final IntVector NUMBERS = INT_VECTOR.cast(IntVector.zero(INTS)).addIndex(1);

    /** Floats in a vector. */
    public static final int COUNT = FLOATS.length();

    /** Vector registers of the CPU: x86 got 32 with 512-bit vectors. */
    public static final int REGISTERS =
            System.getProperty("os.arch").matches("amd64|x86_64") && VectorWidth.widest() < 512
                    ? 16
                    : 32;

    private Lanes() {}

    private static int chosenBits() {
        int asked = Settings.read().vectorBits();
        return asked == 0 ? VectorWidth.widest() : asked;
    }
}
