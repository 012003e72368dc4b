package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Self-attention and a small network for each step, each with a skip and a layer normalization
 * (Vaswani et al., "Attention is all you need", 2017; normalized first: Xiong et al., "On layer
 * normalization in the transformer architecture", 2020).
 *
 * <pre>
 * x = norm1(x + self_attn(x))                               norm last, the default
 * y = norm2(x + linear2(f(linear1(x))))
 *
 * x = x + self_attn(norm1(x))                               norm first
 * y = x + linear2(f(linear1(norm2(x))))
 * </pre>
 *
 * <p>Inputs and outputs are batch x (steps x features). Parameters have PyTorch's names. There is
 * no dropout.
 */
public final class TransformerEncoderLayer implements Layer {

    private final Options options;
    private final MultiheadAttention attention;
    private final Linear linear1;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Layer body;

    private record Options(
            int features,
            int heads,
            int hidden,
            Nonlinearity activation,
            boolean normFirst,
            boolean causal) {}

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attention
     * @param hidden units of the small network
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerEncoderLayer(int features, int heads, int hidden) {
        this(new Options(features, heads, hidden, new ReLU(), false, false));
    }

    private TransformerEncoderLayer(Options options) {
        this.options = options;
        MultiheadAttention all = new MultiheadAttention(options.features, options.heads);
        attention = options.causal ? all.causal() : all;
        linear1 = new Linear(options.features, options.hidden);
        linear2 = new Linear(options.hidden, options.features);
        norm1 = new LayerNorm(options.features);
        norm2 = new LayerNorm(options.features);
        Layer network = new TimeDistributed(new Sequential(linear1, options.activation, linear2));
        body =
                options.normFirst
                        ? new Sequential(
                                new Residual(norm1, attention), new Residual(norm2, network))
                        : new Sequential(
                                new Residual(attention), norm1, new Residual(network), norm2);
        place();
    }

    /** Returns a new layer like this one that normalizes before attention and network. */
    public TransformerEncoderLayer normFirst() {
        return new TransformerEncoderLayer(
                new Options(
                        options.features,
                        options.heads,
                        options.hidden,
                        options.activation,
                        true,
                        options.causal));
    }

    /** Returns a new layer like this one in which a step sees itself and earlier steps only. */
    public TransformerEncoderLayer causal() {
        return new TransformerEncoderLayer(
                new Options(
                        options.features,
                        options.heads,
                        options.hidden,
                        options.activation,
                        options.normFirst,
                        true));
    }

    /** Returns a new layer like this one with another function between its two linear layers. */
    public TransformerEncoderLayer activation(Nonlinearity activation) {
        return new TransformerEncoderLayer(
                new Options(
                        options.features,
                        options.heads,
                        options.hidden,
                        activation,
                        options.normFirst,
                        options.causal));
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        children.put("self_attn", attention);
        children.put("linear1", linear1);
        children.put("linear2", linear2);
        children.put("norm1", norm1);
        children.put("norm2", norm2);
        return children;
    }

    @Override
    public Shape outputShape(Shape input) {
        return LastDimensions.requireSequence(this, input, options.features);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return body.bind(input, workspace);
    }

    @Override
    public String toString() {
        return "TransformerEncoderLayer(%d, %d heads, %d hidden, %s%s%s)"
                .formatted(
                        options.features,
                        options.heads,
                        options.hidden,
                        options.activation,
                        options.normFirst ? ", norm first" : "",
                        options.causal ? ", causal" : "");
    }
}
