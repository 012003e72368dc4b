package io.github.lanewise.onnx.export;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;

import java.util.List;
import java.util.function.UnaryOperator;

/** Transformers and encodings of positions. */
final class AttentionEmitters {

    /** Those that are not used here are options of the layers inside. */
    private static final String[] TRANSFORMER = {
        "dModel",
        "nhead",
        "dimFeedforward",
        "activation",
        "normFirst",
        "causal",
        "dropout",
        "layerNormEps",
        "keyValueHeads",
        "rotary",
        "bias",
        "numEncoderLayers",
        "numDecoderLayers"
    };

    private AttentionEmitters() {}

    static void add(Emitters all) {
        all.with(TransformerEncoderLayer.class, AttentionEmitters::encoder)
                .with(TransformerEncoder.class, WiringEmitters::chain)
                .withMerge(TransformerDecoderLayer.class, AttentionEmitters::decoder)
                .withMerge(TransformerDecoder.class, AttentionEmitters::stack)
                .withMerge(Transformer.class, AttentionEmitters::transformer)
                .with(LearnedEncoding.class, AttentionEmitters::learned)
                .with(SinusoidalEncoding.class, AttentionEmitters::sinusoidal);
    }

    private static Wire encoder(GraphBuilder g, TransformerEncoderLayer layer, Wire x) {
        g.requireOptions(layer, TRANSFORMER);
        Wire seen = block(g, layer, "norm1", x, from -> child(g, layer, "self_attn", from));
        return block(g, layer, "norm2", seen, from -> network(g, layer, from));
    }

    private static Wire decoder(GraphBuilder g, TransformerDecoderLayer layer, List<Wire> inputs) {
        g.requireOptions(layer, TRANSFORMER);
        Wire memory = inputs.get(1);
        Wire own =
                block(g, layer, "norm1", inputs.get(0), from -> child(g, layer, "self_attn", from));
        Wire seen =
                block(
                        g,
                        layer,
                        "norm2",
                        own,
                        from -> child(g, layer, "multihead_attn", from, memory));
        return block(g, layer, "norm3", seen, from -> network(g, layer, from));
    }

    /** All layers but the norm behind them take the memory, too. */
    private static Wire stack(GraphBuilder g, TransformerDecoder layer, List<Wire> inputs) {
        Wire made = inputs.get(0);
        for (String name : layer.children().keySet()) {
            made =
                    name.equals("norm")
                            ? child(g, layer, name, made)
                            : child(g, layer, name, made, inputs.get(1));
        }
        return made;
    }

    private static Wire transformer(GraphBuilder g, Transformer layer, List<Wire> inputs) {
        g.requireOptions(layer, TRANSFORMER);
        Wire memory = child(g, layer, "encoder", inputs.get(0));
        return child(g, layer, "decoder", inputs.get(1), memory);
    }

    private static Wire child(GraphBuilder g, Layer layer, String name, Wire... inputs) {
        return g.layer(name, layer.children().get(name), inputs);
    }

    /** Adds what a block makes, normalized before it or after the sum. */
    private static Wire block(
            GraphBuilder g, Layer layer, String norm, Wire x, UnaryOperator<Wire> block) {
        boolean first = LayerSettings.of(layer).flag("normFirst");
        Wire made = block.apply(first ? child(g, layer, norm, x) : x);
        Wire sum = g.combine("Add", x, made.name());
        return first ? sum : child(g, layer, norm, sum);
    }

    private static Wire network(GraphBuilder g, Layer layer, Wire x) {
        Layer activation = (Layer) LayerSettings.of(layer).get("activation");
        Wire hidden = child(g, layer, "linear1", x);
        return child(g, layer, "linear2", g.layer("activation", activation, hidden));
    }

    /** Of the vectors those are taken for which there are steps. */
    private static Wire learned(GraphBuilder g, LearnedEncoding layer, Wire x) {
        int steps = x.shape().dimension(0);
        String vectors = g.param(layer.weight());
        boolean whole = steps == layer.weight().value().rows();
        return g.combine("Add", x, whole ? vectors : g.slice(vectors, 0, 0, steps, 1));
    }

    /** What the layer adds to zeros is what it adds. */
    private static Wire sinusoidal(GraphBuilder g, SinusoidalEncoding layer, Wire x) {
        Matrix zeros = Matrix.zeros(1, x.shape().features());
        Matrix waves = layer.bind(x.shape(), Workspace.inference(1)).forward(zeros);
        String name = g.floats("waves", Initializers.numbers(waves), Initializers.dims(x.shape()));
        return g.combine("Add", x, name);
    }
}
