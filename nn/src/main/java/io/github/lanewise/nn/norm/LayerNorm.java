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

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Brings the last dimensions of each sample to mean 0 and variance 1, then scales them: y = (x -
 * mean) / sqrt(variance + eps) weight + bias (Ba, Kiros and Hinton, "Layer normalization", 2016).
 *
 * <p>The variance is that of the n normalized values, divided by n. Weight and bias have a number
 * for each of them and start at 1 and 0. Backward, with v = (x - mean) / sqrt(variance + eps) and g
 * = dy weight: dx = (g - mean(g) - v mean(g v)) / sqrt(variance + eps), dWeight = sum(dy v), dBias
 * = sum(dy), over all rows.
 */
public final class LayerNorm implements Layer {

    private static final float EPS = 1e-5f;

    private final Options options = new Options();
    private final Shape normalized;
    private final Param weight;
    private final Param bias;
    private float eps = EPS;
    private boolean hasWeight = true;
    private boolean hasBias = true;

    /**
     * Makes a layer with weight and bias and an eps of 1e-5.
     *
     * @param normalized the last dimensions of a sample, over which is normalized together
     */
    public LayerNorm(int... normalized) {
        this.normalized = new Shape(normalized);
        int n = this.normalized.features();
        weight = new Param(1, n, Initializer.constant(1)).savedAs(this.normalized);
        bias = new Param(1, n, Initializer.constant(0)).savedAs(this.normalized);
    }

    /** Sets what is added to the variance; 1e-5 unless set. */
    public LayerNorm eps(float number) {
        options.requireOpen(this, "eps");
        eps = Normalization.requireEps(this, number);
        return this;
    }

    /** Takes the bias away. */
    public LayerNorm withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    /** Takes weight and bias away. */
    public LayerNorm withoutAffine() {
        options.requireOpen(this, "withoutAffine");
        hasWeight = false;
        hasBias = false;
        return this;
    }

    /** Returns the weight, a row of as many numbers as are normalized together, or null. */
    public Param weight() {
        options.close();
        return hasWeight ? weight : null;
    }

    /** Returns the bias, of the weight's shape, or null. */
    public Param bias() {
        options.close();
        return hasBias ? bias : null;
    }

    @Override
    public Shape outputShape(Shape input) {
        return LastDimensions.require(this, input, normalized);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
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
        Scaling scaling = new Scaling(weight(), bias(), 1, n, workspace);
        return new NormPass(this, new RowNorm(true, eps), input, n, scaling, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("normalizedShape", normalized.toList());
        all.put("eps", eps);
        all.put("elementwiseAffine", hasWeight);
        all.put("bias", hasBias);
        return all;
    }

    @Override
    public String toString() {
        return "LayerNorm(%s)".formatted(normalized);
    }
}
