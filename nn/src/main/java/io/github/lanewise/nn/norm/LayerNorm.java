package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.LastDimensions;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Brings the last dimensions of each sample to mean 0 and variance 1, then scales them: y = (x -
 * mean) / sqrt(variance + epsilon) weight + bias (Ba, Kiros and Hinton, "Layer normalization",
 * 2016).
 *
 * <p>The variance is that of the n normalized values, divided by n. Weight and bias have a number
 * for each of them and start at 1 and 0. Backward, with v = (x - mean) / sqrt(variance + epsilon)
 * and g = dy weight: dx = (g - mean(g) - v mean(g v)) / sqrt(variance + epsilon), dWeight = sum(dy
 * v), dBias = sum(dy), over all rows.
 */
public final class LayerNorm implements Layer {

    private static final float EPSILON = 1e-5f;

    private final Shape normalized;
    private final float epsilon;
    private final Param weight;
    private final Param bias;

    /**
     * Makes a layer with weight and bias and an epsilon of 1e-5.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     */
    public LayerNorm(int... normalized) {
        this(new Shape(normalized), EPSILON, true, true);
    }

    /**
     * Makes a layer.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     * @param epsilon added to the variance
     * @param weight whether values are scaled
     * @param bias whether something is added to them; only with a weight
     */
    public LayerNorm(Shape normalized, float epsilon, boolean weight, boolean bias) {
        this.normalized = normalized;
        this.epsilon = epsilon;
        int n = normalized.features();
        this.weight = weight ? new Param(1, n, Initializer.constant(1)) : null;
        this.bias = weight && bias ? new Param(1, n, Initializer.constant(0)) : null;
    }

    /** Returns the weight, a row of as many numbers as are normalized together, or null. */
    public Param weight() {
        return weight;
    }

    /** Returns the bias, of the weight's shape, or null. */
    public Param bias() {
        return bias;
    }

    @Override
    public Shape outputShape(Shape input) {
        return LastDimensions.require(this, input, normalized);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        if (weight != null) {
            parameters.put("weight", weight);
        }
        if (bias != null) {
            parameters.put("bias", bias);
        }
        return parameters;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int n = normalized.features();
        Scaling scaling = new Scaling(weight, bias, 1, n, workspace);
        return new NormPass(this, new RowNorm(true, epsilon), input, n, scaling, workspace);
    }

    @Override
    public String toString() {
        return "LayerNorm(%s)".formatted(normalized);
    }
}
