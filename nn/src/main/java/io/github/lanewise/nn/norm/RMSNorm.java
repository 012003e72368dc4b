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
 * Brings the last dimensions of each sample to mean square 1, then scales them: y = x /
 * sqrt(mean(x<sup>2</sup>) + epsilon) weight (Zhang and Sennrich, "Root mean square layer
 * normalization", 2019).
 *
 * <p>The weight starts at 1. Backward, with v = x / sqrt(mean(x<sup>2</sup>) + epsilon) and g = dy
 * weight: dx = (g - v mean(g v)) / sqrt(mean(x<sup>2</sup>) + epsilon), dWeight = sum(dy v), over
 * all rows.
 */
public final class RMSNorm implements Layer {

    /** PyTorch's: the distance from 1 to the next float. */
    private static final float EPSILON = 0x1p-23f;

    private final Shape normalized;
    private final float epsilon;
    private final Param weight;

    /**
     * Makes a layer with a weight and an epsilon of 2<sup>-23</sup>.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     */
    public RMSNorm(int... normalized) {
        this(new Shape(normalized), EPSILON, true);
    }

    /**
     * Makes a layer.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     * @param epsilon added to the mean square
     * @param weight whether values are scaled
     */
    public RMSNorm(Shape normalized, float epsilon, boolean weight) {
        this.normalized = normalized;
        this.epsilon = epsilon;
        this.weight = weight ? new Param(1, normalized.features(), Initializer.constant(1)) : null;
    }

    /** Returns the weight, a row of as many numbers as are normalized together, or null. */
    public Param weight() {
        return weight;
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
        return parameters;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int n = normalized.features();
        Scaling scaling = new Scaling(weight, null, 1, n, workspace);
        return new NormPass(this, new RowNorm(false, epsilon), input, n, scaling, workspace);
    }

    @Override
    public String toString() {
        return "RMSNorm(%s)".formatted(normalized);
    }
}
