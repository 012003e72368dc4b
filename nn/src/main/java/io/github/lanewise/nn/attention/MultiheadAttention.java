package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Linear;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Attention of several heads (Vaswani et al., "Attention is all you need", 2017).
 *
 * <p>Queries, keys and values are batch x (steps x features). Each is multiplied by its third of
 * {@code in_proj_weight} and cut into heads of d = features / heads columns. For each sample and
 * head,
 *
 * <pre>
 * weights = softmax(q k<sup>T</sup> / sqrt(d))                 steps x keys
 * context = weights v
 * </pre>
 *
 * and the outputs are the contexts of all heads, side by side, times {@code out_proj.weight}, plus
 * a bias. As a layer of a {@link Sequential} it is self-attention: queries, keys and values are its
 * inputs; {@link #bind(Shape, Shape, Workspace)} makes a pass that takes three.
 *
 * <p>Parameters have PyTorch's names and initialisation: {@code in_proj_weight}, features x (3
 * features), the parts for q, k and v side by side (PyTorch's transposed), from Glorot's uniform
 * distribution; {@code out_proj.weight} as {@link Linear}'s; biases 0.
 */
public final class MultiheadAttention implements Layer {

    private final int features;
    private final int heads;
    private final Options options = new Options();
    private boolean causal;
    private final Param inWeight;
    private final Param inBias;
    private final Param outWeight;
    private final Param outBias;

    /**
     * Makes a layer in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads how many
     * @throws IllegalArgumentException if heads do not divide the features
     */
    public MultiheadAttention(int features, int heads) {
        if (features < 1 || heads < 1 || features % heads != 0) {
            throw new IllegalArgumentException(
                    "MultiheadAttention: %d features for %d heads; heads must divide features"
                            .formatted(features, heads));
        }
        this.features = features;
        this.heads = heads;
        float glorot = (float) Math.sqrt(6.0 / (features + 3.0 * features));
        inWeight =
                new Param(features, 3 * features, Initializer.uniform(glorot))
                        .fans(Fans.ofColumns(features, 3 * features))
                        .savedTransposed();
        inBias = new Param(1, 3 * features, Initializer.constant(0));
        outWeight =
                new Param(features, features, Initializer.kaimingUniform(features))
                        .fans(Fans.ofColumns(features, features))
                        .savedTransposed();
        outBias = new Param(1, features, Initializer.constant(0));
    }

    /** Lets a step see itself and earlier steps only. */
    public MultiheadAttention causal() {
        options.requireOpen(this, "causal");
        causal = true;
        return this;
    }

    int features() {
        return features;
    }

    int heads() {
        return heads;
    }

    boolean isCausal() {
        return causal;
    }

    Param inWeight() {
        return inWeight;
    }

    Param inBias() {
        return inBias;
    }

    Param outWeight() {
        return outWeight;
    }

    Param outBias() {
        return outBias;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        return LastDimensions.requireSequence(this, input, features);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        parameters.put("in_proj_weight", inWeight);
        parameters.put("in_proj_bias", inBias);
        parameters.put("out_proj.weight", outWeight);
        parameters.put("out_proj.bias", outBias);
        return parameters;
    }

    /** Makes a pass of self-attention. */
    @Override
    public AttentionPass bind(Shape input, Workspace workspace) {
        int steps = outputShape(input).dimension(0);
        return new AttentionPass(this, new AttentionExtent(steps, steps, true), workspace);
    }

    /**
     * Makes a pass that takes queries from one place and keys and values from another.
     *
     * @param queries steps x features
     * @param keys shape of keys and of values, keys x features
     * @param workspace hands out the buffers
     * @throws IllegalArgumentException if a shape does not fit
     */
    public AttentionPass bind(Shape queries, Shape keys, Workspace workspace) {
        int steps = outputShape(queries).dimension(0);
        int others = outputShape(keys).dimension(0);
        return new AttentionPass(this, new AttentionExtent(steps, others, false), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("embedDim", features);
        all.put("numHeads", heads);
        all.put("causal", causal);
        return all;
    }

    @Override
    public String toString() {
        return "MultiheadAttention(%d, %d heads%s)"
                .formatted(features, heads, causal ? ", causal" : "");
    }
}
