package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * The distance of the vectors of two inputs along the last axis: y = (sum |a - b +
 * eps|<sup>p</sup>)<sup>1/p</sup>, the largest |a - b + eps| if p is infinite. {@code
 * Value.merge(new PairwiseDistance(), a, b)} puts it into a graph.
 */
public final class PairwiseDistance extends PairReduction {

    private final float p;
    private final float eps;
    private final boolean keepDim;

    /** Makes the Euclidean distance, with an eps of 1e-6. */
    public PairwiseDistance() {
        this(2, 1e-6f, false);
    }

    /**
     * Makes a distance.
     *
     * @param p which norm, 1 or more, infinity included
     * @param eps is added to each difference, so that distances have a slope
     * @param keepDim whether the axis stays, with dimension 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public PairwiseDistance(float p, float eps, boolean keepDim) {
        this.p = p;
        this.eps = eps;
        this.keepDim = keepDim;
        if (!(p >= 1) || !Float.isFinite(eps)) {
            throw new IllegalArgumentException(
                    "PairwiseDistance: p is %s, eps %s; p must be 1 or more, eps finite"
                            .formatted(p, eps));
        }
    }

    @Override
    int axis(Shape input) {
        return input.rank() - 1;
    }

    @Override
    boolean keepDim() {
        return keepDim;
    }

    private double difference(double[] a, double[] b, int k) {
        return a[k] - b[k] + eps;
    }

    private double largest(double[] a, double[] b) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            double size = Math.abs(difference(a, b, k));
            largest = size <= largest ? largest : size;
        }
        return largest;
    }

    /** Powers are of shares of the largest difference, so that they cannot overflow. */
    @Override
    double value(double[] a, double[] b) {
        double largest = largest(a, b);
        if (Float.isInfinite(p) || !(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double share = Math.abs(difference(a, b, k)) / largest;
            sum += p == 2 ? share * share : p == 1 ? share : StrictMath.pow(share, p);
        }
        return largest * (p == 2 ? Math.sqrt(sum) : p == 1 ? sum : StrictMath.pow(sum, 1.0 / p));
    }

    /** Where the distance is 0 its slopes are 0; those of equally large differences share. */
    @Override
    void slopes(double[] a, double[] b, double[] da, double[] db) {
        double y = value(a, b);
        int equal = 0;
        for (int k = 0; k < a.length; k++) {
            equal += Math.abs(difference(a, b, k)) == y ? 1 : 0;
        }
        for (int k = 0; k < a.length; k++) {
            double d = difference(a, b, k);
            double slope;
            if (y == 0) {
                slope = 0;
            } else if (Float.isInfinite(p)) {
                slope = Math.abs(d) == y ? Math.signum(d) / equal : 0;
            } else {
                slope = Math.signum(d) * StrictMath.pow(Math.abs(d) / y, p - 1.0);
            }
            da[k] = slope;
            db[k] = -slope;
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("p", p, "eps", eps, "keepdim", keepDim);
    }

    @Override
    public String toString() {
        return "PairwiseDistance(p=%s, eps=%s%s)".formatted(p, eps, keepDim ? ", kept" : "");
    }
}
