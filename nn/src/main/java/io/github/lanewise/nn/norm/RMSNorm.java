package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.SequencedMap;

/**
 * Brings the last dimensions of each sample to mean square 1, then scales them: y = x /
 * sqrt(mean(x<sup>2</sup>) + eps) weight (Zhang and Sennrich, "Root mean square layer
 * normalization", 2019).
 *
 * <p>The weight starts at 1. Backward, with v = x / sqrt(mean(x<sup>2</sup>) + eps) and g = dy
 * weight: dx = (g - v mean(g v)) / sqrt(mean(x<sup>2</sup>) + eps), dWeight = sum(dy v), over all
 * rows.
 */
public final class RMSNorm implements Layer {

    /** PyTorch's: the distance from 1 to the next float. */
    private static final float EPS = 0x1p-23f;

    private final Options options = new Options();
    private final Shape normalized;
    private final Param weight;
    private float eps = EPS;
    private boolean affine = true;

    /**
     * Makes a layer with a weight and an eps of 2<sup>-23</sup>.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     */
    public RMSNorm(int... normalized) {
        this.normalized = new Shape(normalized);
        weight =
                new Param(1, this.normalized.features(), Initializer.constant(1))
                        .savedAs(this.normalized);
    }

    /** Sets what is added to the mean square; 2<sup>-23</sup> unless set. */
    public RMSNorm eps(float number) {
        options.requireOpen(this, "eps");
        eps = Normalization.requireEps(this, number);
        return this;
    }

    /** Takes the weight away. */
    public RMSNorm withoutAffine() {
        options.requireOpen(this, "withoutAffine");
        affine = false;
        return this;
    }

    /** Returns the weight, a row of as many numbers as are normalized together, or null. */
    public Param weight() {
        options.close();
        return affine ? weight : null;
    }

    @Override
    public Shape outputShape(Shape input) {
        return LastDimensions.require(this, input, normalized);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight());
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return input.rank() > normalized.rank()
                ? lengths
                : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int n = normalized.features();
        Scaling scaling = new Scaling(weight(), null, 1, n, workspace);
        return new NormPass(this, new RowNorm(false, eps), input, n, scaling, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of(
                "normalizedShape", normalized.toList(), "eps", eps, "elementwiseAffine", affine);
    }

    @Override
    public String toString() {
        return "RMSNorm(%s)".formatted(normalized);
    }
}
