package io.github.lanewise.engine.internal.scalar;

/** Which elements a dropout keeps: the bits that every kernel set follows. */
public final class ScalarDropout {

    /** The first multiplier of {@link #mix}. */
    public static final int MIX_1 = 0x85ebca6b;

    /** The second multiplier of {@link #mix}. */
    public static final int MIX_2 = 0xc2b2ae35;

    private static final float TWO_TO_24 = 0x1p24f;

    private ScalarDropout() {}

    /** Returns the least of 24 random bits with which an element is kept. */
    public static int threshold(float p) {
        return (int) (p * TWO_TO_24);
    }

    /** Returns the factor of kept elements. */
    public static float scale(float p) {
        return p < 1 ? 1f / (1f - p) : 0f;
    }

    static boolean keeps(long key, int threshold, int element) {
        int h = mix(mix(element + (int) key) ^ (int) (key >>> 32));
        return h >>> 8 >= threshold;
    }

    /** The finalizer of MurmurHash3 (Appleby, 2011): a permutation of all 32-bit numbers. */
    private static int mix(int h) {
        h ^= h >>> 16;
        h *= MIX_1;
        h ^= h >>> 13;
        h *= MIX_2;
        return h ^ h >>> 16;
    }
}
