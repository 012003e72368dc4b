package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Self-attention and a small network for each step, each with a skip and a layer normalization
 * (Vaswani et al., "Attention is all you need", 2017; normalized first: Xiong et al., "On layer
 * normalization in the transformer architecture", 2020).
 *
 * <pre>
 * x = norm1(x + dropout1(self_attn(x)))                     norm last, the default
 * y = norm2(x + dropout2(linear2(dropout(f(linear1(x))))))
 *
 * x = x + dropout1(self_attn(norm1(x)))                     norm first
 * y = x + dropout2(linear2(dropout(f(linear1(norm2(x))))))
 * </pre>
 *
 * <p>Inputs and outputs are batch x (steps x features). Parameters and defaults are PyTorch's.
 */
public final class TransformerEncoderLayer extends TransformerLayer<TransformerEncoderLayer> {

    private Parts parts;

    private record Parts(
            MultiheadAttention attention,
            Linear linear1,
            Dropout dropout,
            Linear linear2,
            LayerNorm norm1,
            LayerNorm norm2,
            Dropout dropout1,
            Dropout dropout2,
            Layer body) {}

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other, with a small
     * network of 2048 units.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attention
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerEncoderLayer(int features, int heads) {
        this(features, heads, USUAL_HIDDEN);
    }

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attention
     * @param hidden units of the small network
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerEncoderLayer(int features, int heads, int hidden) {
        super(features, heads, hidden);
    }

    @Override
    TransformerEncoderLayer self() {
        return this;
    }

    /** Returns the layers wired; parameters are placed afterwards, so that outer models win. */
    private synchronized Parts parts() {
        close();
        if (parts == null) {
            MultiheadAttention attention = selfAttention();
            Linear linear1 = linear1();
            Linear linear2 = linear2();
            LayerNorm norm1 = norm();
            LayerNorm norm2 = norm();
            Dropout dropout = dropoutLayer();
            Dropout dropout1 = dropoutLayer();
            Dropout dropout2 = dropoutLayer();
            Layer network = network(linear1, dropout, linear2);
            Layer body =
                    isNormFirst()
                            ? new Sequential(
                                    residual(norm1, attention, dropout1),
                                    residual(norm2, network, dropout2))
                            : new Sequential(
                                    residual(attention, dropout1),
                                    norm1,
                                    residual(network, dropout2),
                                    norm2);
            parts =
                    new Parts(
                            attention, linear1, dropout, linear2, norm1, norm2, dropout1, dropout2,
                            body);
            place();
        }
        return parts;
    }

    static Residual residual(Layer... layers) {
        return new Residual(listOf(layers).toArray(Layer[]::new));
    }

    @Override
    public SequencedMap<String, Layer> children() {
        Parts all = parts();
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        children.put("self_attn", all.attention);
        children.put("linear1", all.linear1);
        put(children, "dropout", all.dropout);
        children.put("linear2", all.linear2);
        children.put("norm1", all.norm1);
        children.put("norm2", all.norm2);
        put(children, "dropout1", all.dropout1);
        put(children, "dropout2", all.dropout2);
        return children;
    }

    @Override
    public Shape outputShape(Shape input) {
        return LastDimensions.requireSequence(this, input, features());
    }

    /** Returns the lengths of the inputs. */
    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return parts().body.bind(input, workspace);
    }
}
