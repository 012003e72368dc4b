package io.github.lanewise.engine.internal.simd.support;

import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.scalar.WideSum;

/**
 * Room for what one loop over a span leaves to the next: short enough to stay in the L1 cache, long
 * enough that the loops run at full speed. Each thread has one.
 */
public final class Scratch {

    /** Elements; a multiple of the lanes. */
    public static final int LENGTH = 512;

    private static final PerThread<Scratch> MINE = PerThread.withInitial(Scratch::new);

    /** Usually exponentials. */
    public final float[] e = new float[LENGTH];

    /** What is made of them. */
    public final float[] f = new float[LENGTH];

    /** What the lanes of a wide sum have added up. */
    public final double[] lanes = new double[WideSum.LANES];

    /** A row of floats of a wide sum, before they are widened. */
    public final float[] row16 = new float[WideSum.LANES];

    /** A vector of places in an image. */
    public final int[] places = new int[Lanes.COUNT];

    /** As long as the longest row so far. */
    private float[] row = new float[LENGTH];

    private Scratch() {}

    /** Returns the calling thread's. */
    public static Scratch mine() {
        return MINE.get();
    }

    /** Returns an array of n elements or more, for what may not be cut. */
    public float[] row(int n) {
        if (row.length < n) {
            row = new float[n];
        }
        return row;
    }
}
