package io.github.lanewise.nn.init;

import java.util.Objects;

/**
 * A seeded stream of random numbers that splits into named streams of its own.
 *
 * <p>Number i of a stream is {@code mix(key + (i + 1) * GAMMA)}, SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", 2014, with Stafford's thirteenth mixing
 * function). It depends on the key and i alone. A child's key depends on the parent's key and the
 * child's name, not on how many numbers anybody has drawn: so whoever draws from a stream of their
 * own changes no other stream. The numbers are the same on every machine and are not fit for
 * cryptography.
 *
 * <p>For one thread; give each thread a stream of its own.
 */
public final class RandomStream {

    /** 2^64 divided by the golden ratio, made odd. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private static final double TWO_TO_MINUS_53 = 0x1p-53;
    private static final float TWO_TO_MINUS_24 = 0x1p-24f;

    private final long key;
    private long state;

    /** Starts a stream; equal seeds give equal streams. */
    public RandomStream(long seed) {
        this.key = mix(seed ^ GAMMA);
        this.state = key;
    }

    private RandomStream(long key, long state) {
        this.key = key;
        this.state = state;
    }

    /** Returns the start of the child stream of this name (64-bit FNV-1a over its characters). */
    public RandomStream stream(String name) {
        Objects.requireNonNull(name, "name");
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return stream(hash);
    }

    /** Returns the start of the child stream of this number, for example an epoch. */
    public RandomStream stream(long number) {
        return new RandomStream(key + mix(number));
    }

    /** Returns this stream as it was at its start. */
    public RandomStream restarted() {
        return new RandomStream(key, key);
    }

    /** Draws 64 random bits. */
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Returns number i of the stream, counted from 0, and draws nothing. */
    public long at(long i) {
        return mix(key + (i + 1) * GAMMA);
    }

    /** Returns number i of the stream whose own number is this key, without making it. */
    public static long at(long key, long i) {
        return mix(key + (i + 1) * GAMMA);
    }

    /**
     * Draws a whole number from 0 (inclusive) to {@code bound} (exclusive). The bias is below
     * 2^-32.
     *
     * @throws IllegalArgumentException if {@code bound} is below 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException(
                    "nextInt: bound is %s; it must be 1 or more".formatted(bound));
        }
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Draws a float from [0, 1), a multiple of 2^-24. */
    public float uniform() {
        return (nextLong() >>> 40) * TWO_TO_MINUS_24;
    }

    /** Draws a float from [low, high]: {@code fma(high - low, uniform(), low)}. */
    public float uniform(float low, float high) {
        return Math.fma(high - low, uniform(), low);
    }

    /**
     * Draws from the normal distribution of mean 0 and variance 1, in double precision: two numbers
     * of the stream through the formula of Box and Muller (1958), first half.
     */
    public double gaussian() {
        double radius = (nextLong() >>> 11) * TWO_TO_MINUS_53;
        double angle = (nextLong() >>> 11) * TWO_TO_MINUS_53;
        return StrictMath.sqrt(-2 * StrictMath.log(1 - radius))
                * StrictMath.cos(2 * Math.PI * angle);
    }

    /**
     * Fills an array with 0, 1, 2, ... in random order (Fisher and Yates, in Durstenfeld's form).
     */
    public void permutation(int[] order) {
        Objects.requireNonNull(order, "order");
        for (int i = 0; i < order.length; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
