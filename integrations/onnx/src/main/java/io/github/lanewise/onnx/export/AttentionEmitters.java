package io.github.lanewise.onnx.export;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.List;
import java.util.Map;

/** Attention and what goes with it, in products of matrices. */
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
        "bias"
    };

    private AttentionEmitters() {}

    static void add(Emitters all) {
        all.with(MultiheadAttention.class, AttentionEmitters::attention)
                .with(TransformerEncoderLayer.class, AttentionEmitters::encoder)
                .with(LearnedEncoding.class, AttentionEmitters::learned)
                .with(SinusoidalEncoding.class, AttentionEmitters::sinusoidal);
    }

    private static Wire attention(GraphBuilder g, MultiheadAttention layer, Wire x) {
        g.requireOptions(layer, "embedDim", "numHeads", "causal", "dropout");
        LayerSettings settings = LayerSettings.of(layer);
        int features = settings.number("embedDim");
        int heads = settings.number("numHeads");
        int steps = x.shape().dimension(0);
        String weight = g.matrix(layer.parameters().get("in_proj_weight"));
        Wire all =
                new Wire(
                        g.call("MatMul", List.of(x.name(), weight)),
                        new Shape(steps, 3 * features));
        all = g.combine("Add", all, g.param(layer.parameters().get("in_proj_bias")));
        List<String> parts =
                g.call(
                        "Split",
                        3,
                        List.of(all.name(), g.longs(features, features, features)),
                        OnnxAttribute.of("axis", -1));
        Shape cut = new Shape(steps, heads, features / heads);
        Wire q = heads(g, parts.get(0), x.shape(), cut, 1, 0, 2);
        Wire k = heads(g, parts.get(1), x.shape(), cut, 1, 2, 0);
        Wire v = heads(g, parts.get(2), x.shape(), cut, 1, 0, 2);
        q = g.combine("Mul", q, g.scalar(1 / Math.sqrt(features / heads)));
        Shape square = new Shape(heads, steps, steps);
        Wire scores = new Wire(g.call("MatMul", List.of(q.name(), k.name())), square);
        if (settings.flag("causal")) {
            scores = g.combine("Add", scores, mask(g, steps));
        }
        Wire weights = g.map("Softmax", scores, OnnxAttribute.of("axis", -1));
        String contexts = g.call("MatMul", List.of(weights.name(), v.name()));
        Wire turned = ImageEmitters.turned(g, new Wire(contexts, v.shape()), 1, 0, 2);
        Wire joined = g.reshape(turned, x.shape());
        String out = g.matrix(layer.parameters().get("out_proj.weight"));
        Wire made = new Wire(g.call("MatMul", List.of(joined.name(), out)), x.shape());
        return g.combine("Add", made, g.param(layer.parameters().get("out_proj.bias")));
    }

    private static Wire heads(GraphBuilder g, String part, Shape shape, Shape cut, int... axes) {
        return ImageEmitters.turned(g, g.reshape(new Wire(part, shape), cut), axes);
    }

    private static String mask(GraphBuilder g, int steps) {
        float[] mask = new float[steps * steps];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % steps > i / steps ? Float.NEGATIVE_INFINITY : 0;
        }
        return g.floats("mask", mask, steps, steps);
    }

    private static Wire encoder(GraphBuilder g, TransformerEncoderLayer layer, Wire x) {
        g.requireOptions(layer, TRANSFORMER);
        LayerSettings settings = LayerSettings.of(layer);
        Map<String, Layer> parts = layer.children();
        Wire y = x;
        for (String part : List.of("self_attn", "network")) {
            String norm = part.equals("network") ? "norm2" : "norm1";
            Wire from = settings.flag("normFirst") ? g.layer(norm, parts.get(norm), y) : y;
            Wire made =
                    part.equals("network")
                            ? network(g, parts, (Layer) settings.get("activation"), from)
                            : g.layer(part, parts.get(part), from);
            y = g.combine("Add", y, made.name());
            y = settings.flag("normFirst") ? y : g.layer(norm, parts.get(norm), y);
        }
        return y;
    }

    private static Wire network(
            GraphBuilder g, Map<String, Layer> parts, Layer activation, Wire x) {
        Wire hidden = g.layer("linear1", parts.get("linear1"), x);
        return g.layer("linear2", parts.get("linear2"), g.layer("activation", activation, hidden));
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
