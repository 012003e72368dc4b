package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Encoder layers one after another, and a normalization after the last, if one is set. Parameters
 * have PyTorch's names: {@code layers.0.self_attn.in_proj_weight}, {@code norm.weight}.
 */
public final class TransformerEncoder extends TransformerStack {

    /** Stacks layers. */
    public TransformerEncoder(TransformerEncoderLayer... layers) {
        super(List.of(layers));
        place();
    }

    /**
     * Stacks as many layers as are asked for.
     *
     * @param layer makes one; each has parameters of its own
     * @param numLayers how many
     */
    public TransformerEncoder(Supplier<TransformerEncoderLayer> layer, int numLayers) {
        this(Stream.generate(layer).limit(numLayers).toArray(TransformerEncoderLayer[]::new));
    }

    /** Sets what comes after the last layer, such as a normalization. */
    public TransformerEncoder norm(Layer layer) {
        setNorm(layer);
        place();
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        Shape shape = input;
        for (Layer layer : children().values()) {
            shape = layer.outputShape(shape);
        }
        return shape;
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return norm() == null ? lengths : norm().outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return ChainPass.bind(input, workspace, children().values().toArray(Layer[]::new));
    }
}
