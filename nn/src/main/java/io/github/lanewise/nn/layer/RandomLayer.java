package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.init.RandomStream;

/**
 * A layer that draws random numbers while it trains, from a stream of its own as {@link Dropout}
 * does: forward call number i takes number i of the stream as its key. It follows from the seed of
 * {@link io.github.lanewise.nn.Layer#initialize} and the layer's path; {@link #draws(long)} resumes
 * it.
 */
public abstract class RandomLayer implements Stochastic {

    /** Points that are tried for a pair of normal numbers; all outside the circle do not come. */
    private static final int ATTEMPTS = 32;

    /** Of the stream, for the numbers that a forward call may take. */
    private static final int BITS_OF_A_DRAW = 37;

    private final String word;
    private String path = "";
    private long seed;
    private long draws;
    private RandomStream keys;

    /**
     * Starts with the stream of seed 0.
     *
     * @param word for what it draws, the name of its stream
     */
    protected RandomLayer(String word) {
        this.word = word;
        keys = stream();
    }

    private RandomStream stream() {
        return new RandomStream(seed).stream(word).stream(path);
    }

    @Override
    public final long seed() {
        return seed;
    }

    @Override
    public final long draws() {
        return draws;
    }

    @Override
    public final void draws(long draws) {
        this.draws = draws;
    }

    @Override
    public final void place(String path) {
        this.path = path;
        keys = stream();
    }

    @Override
    public final void restart(long seed, String path) {
        this.seed = seed;
        this.path = path;
        keys = stream();
        draws = 0;
    }

    /** Returns the key of the next forward call. */
    long nextKey() {
        return keys.at(draws++);
    }

    /**
     * Fills with numbers of the normal distribution, of the next forward call: the polar method of
     * Marsaglia (1964), which needs logarithm and root alone. Allocates nothing.
     */
    final void nextGaussians(float[] into) {
        long first = draws++ << BITS_OF_A_DRAW;
        for (int i = 0; i < into.length; i += 2) {
            long at = first + (long) i * ATTEMPTS;
            double u;
            double v;
            double square;
            int attempt = 0;
            do {
                u = 2 * uniform(keys.at(at + attempt)) - 1;
                v = 2 * uniform(keys.at(at + attempt + 1)) - 1;
                square = u * u + v * v;
                attempt += 2;
            } while ((square >= 1 || square == 0) && attempt < 2 * ATTEMPTS);
            double factor = Math.sqrt(Math.max(0, -2 * StrictMath.log(square) / square));
            into[i] = (float) (u * factor);
            if (i + 1 < into.length) {
                into[i + 1] = (float) (v * factor);
            }
        }
    }

    /**
     * Fills with numbers of the uniform distribution on [0, 1), of the next forward call.
     *
     * @param first which number of the call the first is
     */
    protected final void nextUniforms(float[] into, int first) {
        long from = (draws++ << BITS_OF_A_DRAW) + first;
        for (int i = 0; i < into.length; i++) {
            into[i] = (keys.at(from + i) >>> 40) * 0x1p-24f;
        }
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** Checks a probability of being dropped. */
    final float requireShare(float p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "%s: p is %s; it must be from 0 to 1".formatted(getClass().getSimpleName(), p));
        }
        return p;
    }
}
