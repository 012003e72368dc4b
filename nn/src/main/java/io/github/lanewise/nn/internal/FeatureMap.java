package io.github.lanewise.nn.internal;

import java.util.Arrays;
import java.util.Objects;

/**
 * A fixed linear map from the features of a sample, or of each of its equal blocks, to others: y[j]
 * = the sum over the terms t of j of weight[t] x[source[t]]. Most maps have one term of weight 1:
 * they only say where each output comes from.
 */
public final class FeatureMap {

    /** Says that an output is 0. */
    public static final int ZERO = -1;

    private final int in;
    private final int out;
    private final int terms;
    private final int[] sources;
    private final float[] weights;
    private final float elsewhere;

    private FeatureMap(
            int in, int out, int terms, int[] sources, float[] weights, float elsewhere) {
        this.in = in;
        this.out = out;
        this.terms = terms;
        this.sources = sources;
        this.weights = weights;
        this.elsewhere = elsewhere;
        for (int source : sources) {
            if (source != ZERO) {
                Objects.checkIndex(source, in);
            }
        }
    }

    /**
     * Returns the map that copies: output j is feature {@code sources[j]}, or 0 for {@link #ZERO}.
     */
    public static FeatureMap select(int in, int... sources) {
        return selectOr(0, in, sources);
    }

    /** Returns the map that copies, and writes a fixed number where {@link #ZERO} stands. */
    public static FeatureMap selectOr(float elsewhere, int in, int... sources) {
        return new FeatureMap(in, sources.length, 1, sources, null, elsewhere);
    }

    /**
     * Returns the map of weighted sums: output j has the terms {@code j n} to {@code j n + n - 1}.
     *
     * @param n terms of an output
     */
    public static FeatureMap weigh(int in, int n, int[] sources, float[] weights) {
        return new FeatureMap(in, sources.length / n, n, sources, weights, 0);
    }

    /** Returns how many features it takes. */
    public int in() {
        return in;
    }

    /** Returns how many features it makes. */
    public int out() {
        return out;
    }

    /** Computes y from x, each from its place on. */
    void apply(float[] x, int at, float[] y, int to) {
        if (weights == null) {
            for (int j = 0; j < out; j++) {
                y[to + j] = sources[j] == ZERO ? elsewhere : x[at + sources[j]];
            }
            return;
        }
        for (int j = 0; j < out; j++) {
            float sum = 0;
            for (int t = j * terms; t < (j + 1) * terms; t++) {
                sum = Math.fma(weights[t], x[at + sources[t]], sum);
            }
            y[to + j] = sum;
        }
    }

    /** Computes dx from dy: 0, and then each term's share is added in ascending order. */
    void applyBackward(float[] dy, int at, float[] dx, int to) {
        Arrays.fill(dx, to, to + in, 0);
        for (int j = 0; j < out; j++) {
            for (int t = j * terms; t < (j + 1) * terms; t++) {
                if (sources[t] != ZERO) {
                    float weight = weights == null ? 1 : weights[t];
                    dx[to + sources[t]] = Math.fma(weight, dy[at + j], dx[to + sources[t]]);
                }
            }
        }
    }
}
