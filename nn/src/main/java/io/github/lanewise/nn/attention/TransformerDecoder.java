package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decoder layers one after another, and a normalization after the last, if one is set. Parameters
 * have PyTorch's names: {@code layers.0.self_attn.in_proj_weight}, {@code norm.weight}.
 *
 * <p>It takes two inputs by {@link io.github.lanewise.nn.graph.Value#merge}: its own steps, and the
 * memory, which each layer sees.
 */
public final class TransformerDecoder extends TransformerStack implements Merge {

    /** Stacks layers. */
    public TransformerDecoder(TransformerDecoderLayer... layers) {
        super(List.of(layers));
        place();
    }

    /**
     * Stacks as many layers as are asked for.
     *
     * @param layer makes one; each has parameters of its own
     * @param numLayers how many
     */
    public TransformerDecoder(Supplier<TransformerDecoderLayer> layer, int numLayers) {
        this(Stream.generate(layer).limit(numLayers).toArray(TransformerDecoderLayer[]::new));
    }

    /** Sets what comes after the last layer, such as a normalization. */
    public TransformerDecoder norm(Layer layer) {
        setNorm(layer);
        place();
        return this;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        options.close();
        Shape shape = ((Merge) layers().getFirst()).outputShape(inputs);
        return norm() == null ? shape : norm().outputShape(shape);
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        Lengths own = lengths.part(0);
        return norm() == null || own == null ? own : norm().outputLengths(inputs.getFirst(), own);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        return new DecoderStackPass(layers(), norm(), inputs, workspace);
    }
}
