package io.github.lanewise.nn.inference;

import io.github.lanewise.nn.init.RandomStream;

import java.util.Arrays;

/**
 * Chooses one of several classes at random by a model's logits, as generators of text do.
 *
 * <p>The probability of class i is softmax(logits / temperature)[i], among the k most probable
 * (top-k; Fan et al., 2018) and of these the fewest whose probabilities reach p together (top-p;
 * Holtzman et al., "The curious case of neural text degeneration", 2020), applied in this order. Of
 * equal logits the first counts as more probable.
 *
 * <p>Choice number n is a function of the seed, n and the logits, the same on every machine: it is
 * computed in double by {@link StrictMath}. For one thread at a time.
 */
public final class TokenSampler {

    private final RandomStream random;
    private float temperature = 1;
    private int topK;
    private float topP = 1;
    private long choices;
    private long[] order = {};
    private double[] weights = {};

    /** Makes a sampler of temperature 1, among all classes. */
    public TokenSampler(long seed) {
        random = new RandomStream(seed).stream("sampler");
    }

    /**
     * Sets what logits are divided by: below 1 for what is likely, above for surprises, 0 for the
     * most probable class always.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public TokenSampler temperature(float temperature) {
        if (!(temperature >= 0 && temperature < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "TokenSampler: temperature is %s; it must be 0 or more".formatted(temperature));
        }
        this.temperature = temperature;
        return this;
    }

    /**
     * Chooses among the k most probable classes; 0 for all.
     *
     * @throws IllegalArgumentException if k is negative
     */
    public TokenSampler topK(int k) {
        if (k < 0) {
            throw new IllegalArgumentException(
                    "TokenSampler: topK is %s; it must be 1 or more, or 0 for all".formatted(k));
        }
        topK = k;
        return this;
    }

    /**
     * Chooses among the fewest classes whose probabilities add up to at least p; 1 for all.
     *
     * @throws IllegalArgumentException if p is not above 0 and at most 1
     */
    public TokenSampler topP(float p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "TokenSampler: topP is %s; it must be above 0 and at most 1".formatted(p));
        }
        topP = p;
        return this;
    }

    /**
     * Chooses a class.
     *
     * @param logits of each class; minus infinity for one that is never chosen
     * @throws IllegalArgumentException if there is none, or one is NaN or plus infinity
     */
    public int sample(float... logits) {
        sort(logits);
        double chance = (random.at(choices++) >>> 11) * 0x1p-53;
        int first = (int) order[0];
        if (temperature == 0) {
            return first;
        }
        int candidates = topK == 0 ? logits.length : Math.min(topK, logits.length);
        double sum = 0;
        for (int i = 0; i < candidates; i++) {
            double below = (double) logits[(int) order[i]] - logits[first];
            weights[i] = StrictMath.exp(below / temperature);
            sum += weights[i];
        }
        double kept = 0;
        for (int i = 0; i < candidates; i++) {
            if (kept >= topP * sum) {
                candidates = i;
            } else {
                kept += weights[i];
            }
        }
        double at = chance * kept;
        int chosen = 0;
        for (double passed = weights[0]; passed <= at && chosen + 1 < candidates; ) {
            passed += weights[++chosen];
        }
        return (int) order[chosen];
    }

    /** Sorts the numbers of the classes, the most probable first. */
    private void sort(float[] logits) {
        if (logits.length != order.length) {
            order = new long[logits.length];
            weights = new double[logits.length];
        }
        boolean possible = false;
        for (int i = 0; i < logits.length; i++) {
            // negated, so that NaN is refused
            if (!(logits[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "sample: logit %s is %s; logits must be finite".formatted(i, logits[i]));
            }
            possible |= logits[i] > Float.NEGATIVE_INFINITY;
            int bits = Float.floatToIntBits(logits[i] + 0f);
            // as an int, it is in the order of the floats
            int ordered = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
            order[i] = (long) ~ordered << Integer.SIZE | i;
        }
        if (!possible) {
            throw new IllegalArgumentException(
                    "sample: of %s classes none is possible; give a finite logit to one"
                            .formatted(logits.length));
        }
        Arrays.sort(order);
    }
}
