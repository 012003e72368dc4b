package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.onnx.OnnxAttribute;
import io.github.lanewise.onnx.OnnxType;

import java.util.List;

/** Layers over rows of features. */
final class RowEmitters {

    private RowEmitters() {}

    static void add(Emitters all) {
        all.with(Linear.class, (g, layer, x) -> linear(g, layer, x))
                .with(TiedLinear.class, RowEmitters::tied)
                .withMerge(EmbeddingBag.class, RowEmitters::bag)
                .with(Embedding.class, RowEmitters::embedding)
                .with(FeatureScale.class, RowEmitters::featureScale)
                .with(PeriodicEmbedding.class, RowEmitters::periodic);
    }

    /** One node for rows; for more dimensions there is only the product of matrices. */
    static Wire linear(GraphBuilder g, Linear layer, Wire x) {
        int[] dimensions = x.shape().dimensions();
        dimensions[dimensions.length - 1] = layer.weight().value().cols();
        Shape shape = new Shape(dimensions);
        boolean biased = layer.bias() != null;
        if (x.shape().rank() == 1) {
            String weight = g.param(layer.weight());
            List<String> inputs =
                    biased
                            ? List.of(x.name(), weight, g.param(layer.bias()))
                            : List.of(x.name(), weight);
            return new Wire(g.call("Gemm", inputs, OnnxAttribute.of("transB", 1)), shape);
        }
        String product = g.call("MatMul", List.of(x.name(), g.matrix(layer.weight())));
        Wire made = new Wire(product, shape);
        return biased ? g.combine("Add", made, g.param(layer.bias())) : made;
    }

    /** The array of the embedding, turned. */
    private static Wire tied(GraphBuilder g, TiedLinear layer, Wire x) {
        Shape shape = layer.outputShape(x.shape());
        String weight = g.param(layer.parameters().get("weight"));
        Param bias = layer.parameters().get("bias");
        OnnxAttribute swap = OnnxAttribute.ofLongs("perm", 1, 0);
        String turned = g.call("Transpose", List.of(weight), swap);
        Wire made = new Wire(g.call("MatMul", List.of(x.name(), turned)), shape);
        return bias == null ? made : g.combine("Add", made, g.param(bias));
    }

    private static Wire bag(GraphBuilder g, EmbeddingBag layer, List<Wire> inputs) {
        if (inputs.size() > 1) {
            throw g.refusal(layer, "weights of its indices");
        }
        g.requireOptions(layer, "numEmbeddings", "embeddingDim", "mode", "sparse");
        Wire x = inputs.getFirst();
        String vectors = gather(g, layer.weight(), x);
        int axis = x.shape().rank();
        OnnxAttribute dropAxis = OnnxAttribute.of("keepdims", 0);
        Shape shape = layer.outputShape(List.of(x.shape()));
        String mode = LayerSettings.of(layer).word("mode");
        if (mode.equals("sum")) {
            return new Wire(g.call("ReduceSum", List.of(vectors, g.longs(axis)), dropAxis), shape);
        }
        return new Wire(
                g.call(
                        mode.equals("max") ? "ReduceMax" : "ReduceMean",
                        List.of(vectors),
                        OnnxAttribute.ofLongs("axes", axis),
                        dropAxis),
                shape);
    }

    private static Wire embedding(GraphBuilder g, Embedding layer, Wire x) {
        return new Wire(gather(g, layer.weight(), x), layer.outputShape(x.shape()));
    }

    /** The rows of a table at indices, which are floats unless the graph knows them as whole. */
    private static String gather(GraphBuilder g, Param table, Wire x) {
        OnnxAttribute type = OnnxAttribute.of("to", OnnxType.INT64.code());
        String indices = x.isIndices() ? x.name() : g.call("Cast", List.of(x.name()), type);
        return g.call("Gather", List.of(g.param(table), indices));
    }

    private static Wire featureScale(GraphBuilder g, FeatureScale layer, Wire x) {
        return g.combine("Mul", x, g.param(layer.weight(), x.shape()));
    }

    /** Cosines are of turns without whole ones, which keeps them exact. */
    private static Wire periodic(GraphBuilder g, PeriodicEmbedding layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int numbers = settings.number("numbers");
        int waves = settings.number("waves");
        int made = settings.number("features") - 1;
        Wire thick = g.reshape(x, new Shape(numbers, 1));
        Shape waved = new Shape(numbers, waves);
        Wire turns = new Wire(g.combine("Mul", thick, g.param(layer.frequency())).name(), waved);
        turns = g.combine("Add", turns, g.param(layer.phase(), waved));
        turns = g.combine("Sub", turns, g.map("Round", turns).name());
        Wire cosines = g.map("Cos", g.combine("Mul", turns, g.scalar(2 * Math.PI)));
        OnnxAttribute swap = OnnxAttribute.ofLongs("perm", 1, 0, 2);
        String ofNumber = g.call("Transpose", List.of(cosines.name()), swap);
        String product = g.call("MatMul", List.of(ofNumber, g.param(layer.weight())));
        Shape shape = new Shape(numbers, made);
        Wire features = new Wire(g.call("Transpose", List.of(product), swap), shape);
        features = g.combine("Add", features, g.param(layer.bias(), shape));
        Wire flat = g.reshape(features, new Shape(numbers * made));
        return new Wire(
                g.call("Concat", List.of(x.name(), flat.name()), OnnxAttribute.of("axis", 1)),
                layer.outputShape(x.shape()));
    }
}
