package io.github.lanewise.engine.internal.simd.support;

import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** How lanes move where windows step over every second column. */
public final class EverySecond {

    /** Brings lanes 0, 2, 4, ... to the lower half. */
    public static final VectorShuffle<Float> EVEN =
            VectorShuffle.fromOp(Lanes.FLOATS, i -> 2 * i % Lanes.COUNT);

    /** Brings lanes 1, 3, 5, ... to the lower half. */
    public static final VectorShuffle<Float> ODD =
            VectorShuffle.fromOp(Lanes.FLOATS, i -> (2 * i + 1) % Lanes.COUNT);

    /** Brings each lane of the lower half to two neighbours. */
    public static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(Lanes.FLOATS, i -> i / 2);

    /** Lanes 1, 3, 5, ... */
    public static final VectorMask<Float> ODD_LANES =
            Lanes.NUMBERS.and(1).compare(EQ, 1).cast(Lanes.FLOATS);

    private EverySecond() {}
}
