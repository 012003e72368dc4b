package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * The cosine of the angle between the vectors of two inputs along an axis: y = a b / (max(|a|, eps)
 * max(|b|, eps)). {@code Value.merge(new CosineSimilarity(), a, b)} puts it into a graph.
 */
public final class CosineSimilarity extends PairReduction {

    private final int axis;
    private final float eps;

    /** Makes the layer along axis 0, the first after the batch, with an eps of 1e-8. */
    public CosineSimilarity() {
        this(0, 1e-8f);
    }

    /**
     * Makes the layer.
     *
     * @param axis along which the vectors lie; axis 0 is PyTorch's dimension 1
     * @param eps the least length that is divided by
     * @throws IllegalArgumentException if a number is below 0, or eps is not finite
     */
    public CosineSimilarity(int axis, float eps) {
        this.axis = axis;
        this.eps = eps;
        if (axis < 0 || !(eps >= 0 && eps < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "CosineSimilarity: axis %s, eps %s; both must be 0 or more, and finite"
                            .formatted(axis, eps));
        }
    }

    @Override
    int axis(Shape input) {
        return axis;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private double length(double[] a) {
        return Math.max(Math.sqrt(dot(a, a)), eps);
    }

    @Override
    double value(double[] a, double[] b) {
        return dot(a, b) / (length(a) * length(b));
    }

    @Override
    void slopes(double[] a, double[] b, double[] da, double[] db) {
        slopes(a, b, da);
        slopes(b, a, db);
    }

    /** A length that eps stands for does not move. */
    private void slopes(double[] a, double[] b, double[] da) {
        double length = length(a);
        double both = length * length(b);
        boolean moves = Math.sqrt(dot(a, a)) > eps;
        double share = moves ? dot(a, b) / both / (length * length) : 0;
        for (int k = 0; k < a.length; k++) {
            da[k] = b[k] / both - share * a[k];
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("dim", axis, "eps", eps);
    }

    @Override
    public String toString() {
        return "CosineSimilarity(axis %s, eps %s)".formatted(axis, eps);
    }
}
