package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Self-attention, attention to what an encoder made, and a small network for each step, each with a
 * skip and a layer normalization (Vaswani et al., "Attention is all you need", 2017).
 *
 * <pre>
 * x = norm1(x + dropout1(self_attn(x)))                     norm last, the default
 * x = norm2(x + dropout2(multihead_attn(x, memory)))
 * y = norm3(x + dropout3(linear2(dropout(f(linear1(x))))))
 *
 * x = x + dropout1(self_attn(norm1(x)))                     norm first
 * x = x + dropout2(multihead_attn(norm2(x), memory))
 * y = x + dropout3(linear2(dropout(f(linear1(norm3(x))))))
 * </pre>
 *
 * <p>It takes two inputs by {@link Value#merge}: its own steps x features, and the memory, any
 * number of steps x features. Parameters and defaults are PyTorch's.
 */
public final class TransformerDecoderLayer extends TransformerLayer<TransformerDecoderLayer>
        implements Merge {

    private Parts parts;

    /** The layers inside. */
    record Parts(
            MultiheadAttention attention,
            MultiheadAttention cross,
            Linear linear1,
            Dropout dropout,
            Linear linear2,
            LayerNorm norm1,
            LayerNorm norm2,
            LayerNorm norm3,
            Dropout dropout1,
            Dropout dropout2,
            Dropout dropout3,
            Layer first,
            Layer last) {}

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other, with a small
     * network of 2048 units.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attentions
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerDecoderLayer(int features, int heads) {
        this(features, heads, USUAL_HIDDEN);
    }

    /**
     * Makes a layer with ReLU, normalized last, in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attentions
     * @param hidden units of the small network
     * @throws IllegalArgumentException if heads do not divide the features, or a number is below 1
     */
    public TransformerDecoderLayer(int features, int heads, int hidden) {
        super(features, heads, hidden);
    }

    @Override
    TransformerDecoderLayer self() {
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
            LayerNorm norm3 = norm();
            Dropout dropout = dropoutLayer();
            Dropout dropout1 = dropoutLayer();
            Dropout dropout3 = dropoutLayer();
            Layer network = network(linear1, dropout, linear2);
            Layer first =
                    isNormFirst()
                            ? TransformerEncoderLayer.residual(norm1, attention, dropout1)
                            : new Sequential(
                                    TransformerEncoderLayer.residual(attention, dropout1), norm1);
            Layer last =
                    isNormFirst()
                            ? TransformerEncoderLayer.residual(norm3, network, dropout3)
                            : new Sequential(
                                    TransformerEncoderLayer.residual(network, dropout3), norm3);
            parts =
                    new Parts(
                            attention,
                            attention(),
                            linear1,
                            dropout,
                            linear2,
                            norm1,
                            norm(),
                            norm3,
                            dropout1,
                            dropoutLayer(),
                            dropout3,
                            first,
                            last);
            place();
        }
        return parts;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        Parts all = parts();
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        children.put("self_attn", all.attention);
        children.put("multihead_attn", all.cross);
        children.put("linear1", all.linear1);
        put(children, "dropout", all.dropout);
        children.put("linear2", all.linear2);
        children.put("norm1", all.norm1);
        children.put("norm2", all.norm2);
        children.put("norm3", all.norm3);
        put(children, "dropout1", all.dropout1);
        put(children, "dropout2", all.dropout2);
        put(children, "dropout3", all.dropout3);
        return children;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes two by Value.merge: its own steps and the memory"
                            .formatted(this, inputs.size()));
        }
        LastDimensions.requireSequence(this, inputs.get(1), features());
        return LastDimensions.requireSequence(this, inputs.get(0), features());
    }

    /** Returns the lengths of its own steps; padding of the memory is seen by none. */
    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return lengths.part(0);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        return new DecoderPass(parts(), isNormFirst(), inputs, workspace);
    }
}
