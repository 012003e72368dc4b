package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.LinkedHashMap;
import java.util.Objects;
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

    private final Options options = new Options();
    private final int features;
    private final int heads;
    private final int hidden;
    private MultiheadAttention attention;
    private final Linear linear1;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private Nonlinearity activation = new ReLU();
    private boolean normFirst;
    private boolean causal;
    private Layer body;

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attention
     * @param hidden units of the small network
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerEncoderLayer(int features, int heads, int hidden) {
        this.features = features;
        this.heads = heads;
        this.hidden = hidden;
        attention = new MultiheadAttention(features, heads);
        linear1 = new Linear(features, hidden);
        linear2 = new Linear(hidden, features);
        norm1 = new LayerNorm(features);
        norm2 = new LayerNorm(features);
    }

    /** Normalizes before attention and network. */
    public TransformerEncoderLayer normFirst() {
        options.requireOpen(this, "normFirst");
        normFirst = true;
        return this;
    }

    /** Lets a step see itself and earlier steps only. */
    public TransformerEncoderLayer causal() {
        options.requireOpen(this, "causal");
        causal = true;
        attention = new MultiheadAttention(features, heads).causal();
        return this;
    }

    /** Sets the function between the two linear layers; ReLU unless set. */
    public TransformerEncoderLayer activation(Nonlinearity function) {
        options.requireOpen(this, "activation");
        activation = Objects.requireNonNull(function, "function");
        return this;
    }

    /** Returns the layers wired; parameters are placed afterwards, so that outer models win. */
    private synchronized Layer body() {
        options.close();
        if (body == null) {
            Layer network = new TimeDistributed(new Sequential(linear1, activation, linear2));
            body =
                    normFirst
                            ? new Sequential(
                                    new Residual(norm1, attention), new Residual(norm2, network))
                            : new Sequential(
                                    new Residual(attention), norm1, new Residual(network), norm2);
            place();
        }
        return body;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        body();
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
        return LastDimensions.requireSequence(this, input, features);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return body().bind(input, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("dModel", features);
        all.put("nhead", heads);
        all.put("dimFeedforward", hidden);
        all.put("activation", activation);
        all.put("normFirst", normFirst);
        all.put("causal", causal);
        return all;
    }

    @Override
    public String toString() {
        return "TransformerEncoderLayer(%d, %d heads, %d hidden, %s%s%s)"
                .formatted(
                        features,
                        heads,
                        hidden,
                        activation,
                        normFirst ? ", norm first" : "",
                        causal ? ", causal" : "");
    }
}
