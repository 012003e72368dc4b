package io.github.lanewise.onnx.export;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attention of several heads, in products of matrices. */
final class MultiheadEmitters {

    private static final String[] WEIGHTS = {"q_proj_weight", "k_proj_weight", "v_proj_weight"};
    private static final String[] BIASES = {"q_proj_bias", "k_proj_bias", "v_proj_bias"};

    /** Place of the mask among the inputs. */
    private static final int MASK = 3;

    private MultiheadEmitters() {}

    static void add(Emitters all) {
        all.withMerge(MultiheadAttention.class, MultiheadEmitters::attention)
                .withMerge(AttentionMap.class, MultiheadEmitters::map);
    }

    /** Sizes of an attention: heads of queries, of keys, columns of one. */
    private record Sizes(int features, int heads, int keyHeads, int width) {

        static Sizes of(LayerSettings settings) {
            int features = settings.number("embedDim");
            int heads = settings.number("numHeads");
            int keyHeads = settings.has("keyValueHeads") ? settings.number("keyValueHeads") : heads;
            return new Sizes(features, heads, keyHeads, features / heads);
        }

        int headsOf(int part) {
            return part == 0 ? heads : keyHeads;
        }

        int columns(int part) {
            return headsOf(part) * width;
        }

        int from(int part) {
            return part == 0 ? 0 : features + (part - 1) * columns(1);
        }
    }

    private static Wire attention(GraphBuilder g, MultiheadAttention layer, List<Wire> inputs) {
        g.requireOptions(
                layer,
                "embedDim",
                "numHeads",
                "causal",
                "dropout",
                "kdim",
                "vdim",
                "keyValueHeads",
                "rotary",
                "bias");
        Sizes sizes = Sizes.of(LayerSettings.of(layer));
        List<Wire> parts = parts(g, layer, sizes, inputs);
        Wire weights = weights(g, layer, sizes, parts, inputs);
        Wire v = repeated(g, sizes, heads(g, sizes, parts.get(2), 2));
        int queries = inputs.getFirst().shape().dimension(0);
        String contexts = g.call("MatMul", List.of(weights.name(), v.name()));
        Shape cut = new Shape(sizes.heads(), queries, sizes.width());
        Wire turned = ImageEmitters.turned(g, new Wire(contexts, cut), 1, 0, 2);
        Wire joined = g.reshape(turned, inputs.getFirst().shape());
        Map<String, Param> parameters = layer.parameters();
        String out = g.matrix(parameters.get("out_proj.weight"));
        Wire made = new Wire(g.call("MatMul", List.of(joined.name(), out)), joined.shape());
        Param bias = parameters.get("out_proj.bias");
        return bias == null ? made : g.combine("Add", made, g.param(bias));
    }

    private static Wire map(GraphBuilder g, AttentionMap layer, List<Wire> inputs) {
        g.requireOptions(layer, "attention", "averaged");
        MultiheadAttention attention =
                (MultiheadAttention) LayerSettings.of(layer).get("attention");
        Sizes sizes = Sizes.of(LayerSettings.of(attention));
        List<Wire> parts = parts(g, attention, sizes, inputs);
        Wire weights = weights(g, attention, sizes, parts, inputs);
        if (!LayerSettings.of(layer).flag("averaged")) {
            return weights;
        }
        return g.make(
                "ReduceMean",
                layer.outputShape(inputs.stream().map(Wire::shape).toList()),
                weights,
                OnnxAttribute.ofLongs("axes", 1),
                OnnxAttribute.of("keepdims", 0));
    }

    /** Returns queries, keys and values, projected. */
    private static List<Wire> parts(
            GraphBuilder g, MultiheadAttention layer, Sizes sizes, List<Wire> inputs) {
        List<Wire> parts = new ArrayList<>();
        if (inputs.size() > 1) {
            for (int part = 0; part < WEIGHTS.length; part++) {
                Wire from = inputs.get(Math.min(part, Math.min(inputs.size(), MASK) - 1));
                parts.add(projected(g, layer, sizes, part, from));
            }
            return parts;
        }
        Wire x = inputs.getFirst();
        int steps = x.shape().dimension(0);
        String weight = g.matrix(layer.parameters().get("in_proj_weight"));
        int all = sizes.features() + 2 * sizes.columns(1);
        String product = g.call("MatMul", List.of(x.name(), weight));
        Wire joint = new Wire(product, new Shape(steps, all));
        Param bias = layer.parameters().get("in_proj_bias");
        joint = bias == null ? joint : g.combine("Add", joint, g.param(bias));
        String columns = g.longs(sizes.columns(0), sizes.columns(1), sizes.columns(2));
        List<String> cut =
                g.call("Split", 3, List.of(joint.name(), columns), OnnxAttribute.of("axis", -1));
        for (int part = 0; part < cut.size(); part++) {
            parts.add(new Wire(cut.get(part), new Shape(steps, sizes.columns(part))));
        }
        return parts;
    }

    private static Wire projected(
            GraphBuilder g, MultiheadAttention layer, Sizes sizes, int part, Wire x) {
        Map<String, Param> parameters = layer.parameters();
        Param joint = parameters.get("in_proj_weight");
        String weight =
                joint == null
                        ? g.matrix(parameters.get(WEIGHTS[part]))
                        : columns(g, layer, sizes, part, WEIGHTS[part], joint);
        Shape shape = new Shape(x.shape().dimension(0), sizes.columns(part));
        Wire made = new Wire(g.call("MatMul", List.of(x.name(), weight)), shape);
        Param bias = parameters.get("in_proj_bias");
        return bias == null
                ? made
                : g.combine("Add", made, columns(g, layer, sizes, part, BIASES[part], bias));
    }

    /** Returns the name of the columns of one part. */
    private static String columns(
            GraphBuilder g,
            MultiheadAttention layer,
            Sizes sizes,
            int part,
            String word,
            Param parameter) {
        Matrix all = parameter.value();
        int count = sizes.columns(part);
        float[] numbers = new float[all.rows() * count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = all.at(i / count, sizes.from(part) + i % count);
        }
        boolean isRow = all.rows() == 1 && word.endsWith("bias");
        return isRow
                ? g.floats(layer, word, () -> numbers, count)
                : g.floats(layer, word, () -> numbers, all.rows(), count);
    }

    /** Returns heads x steps x width. */
    private static Wire heads(GraphBuilder g, Sizes sizes, Wire x, int part) {
        Shape cut = new Shape(x.shape().dimension(0), sizes.headsOf(part), sizes.width());
        return ImageEmitters.turned(g, g.reshape(x, cut), 1, 0, 2);
    }

    /** Queries of a group share a head of keys and values. */
    private static Wire repeated(GraphBuilder g, Sizes sizes, Wire x) {
        if (sizes.keyHeads() == sizes.heads()) {
            return x;
        }
        long[] places = new long[sizes.heads()];
        for (int head = 0; head < places.length; head++) {
            places[head] = head / (sizes.heads() / sizes.keyHeads());
        }
        int[] dimensions = x.shape().dimensions();
        dimensions[0] = sizes.heads();
        return new Wire(
                g.call("Gather", List.of(x.name(), g.longs(places)), OnnxAttribute.of("axis", 1)),
                new Shape(dimensions));
    }

    /** Returns softmax(q k / sqrt(width) + mask), heads x queries x keys. */
    private static Wire weights(
            GraphBuilder g,
            MultiheadAttention layer,
            Sizes sizes,
            List<Wire> parts,
            List<Wire> inputs) {
        LayerSettings settings = LayerSettings.of(layer);
        Wire q = heads(g, sizes, parts.get(0), 0);
        Wire k = heads(g, sizes, parts.get(1), 1);
        if (settings.has("rotary")) {
            q = rotated(g, q, settings.real("rotary"));
            k = rotated(g, k, settings.real("rotary"));
        }
        k = ImageEmitters.turned(g, repeated(g, sizes, k), 0, 2, 1);
        q = g.combine("Mul", q, g.scalar(1 / Math.sqrt(sizes.width())));
        int queries = q.shape().dimension(1);
        int keys = k.shape().dimension(2);
        Shape square = new Shape(sizes.heads(), queries, keys);
        Wire scores = new Wire(g.call("MatMul", List.of(q.name(), k.name())), square);
        if (settings.flag("causal")) {
            scores = g.combine("Add", scores, causal(g, queries, keys));
        }
        OnnxAttribute last = OnnxAttribute.of("axis", -1);
        if (inputs.size() <= MASK) {
            return g.map("Softmax", scores, last);
        }
        Wire mask = inputs.get(MASK);
        boolean once = mask.shape().rank() == 2;
        Wire added = once ? g.reshape(mask, new Shape(1, queries, keys)) : mask;
        scores = g.combine("Add", scores, added.name());
        return seen(g, scores, g.map("Softmax", scores, last));
    }

    /** A query that sees no key has weights of 0. */
    private static Wire seen(GraphBuilder g, Wire scores, Wire weights) {
        String largest =
                g.call(
                        "ReduceMax",
                        List.of(scores.name()),
                        OnnxAttribute.ofLongs("axes", -1),
                        OnnxAttribute.of("keepdims", 1));
        String none = g.call("Equal", List.of(largest, g.scalar(Float.NEGATIVE_INFINITY)));
        String made = g.call("Where", List.of(none, g.scalar(0), weights.name()));
        return new Wire(made, weights.shape());
    }

    private static String causal(GraphBuilder g, int queries, int keys) {
        float[] mask = new float[queries * keys];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % keys > i / keys ? Float.NEGATIVE_INFINITY : 0;
        }
        return g.floats("mask", mask, queries, keys);
    }

    /** Turns features i and i + width / 2 of step t by t base<sup>-2i/width</sup>. */
    private static Wire rotated(GraphBuilder g, Wire x, float base) {
        int steps = x.shape().dimension(1);
        int width = x.shape().dimension(2);
        int half = width / 2;
        float[] cosines = new float[steps * width];
        float[] sines = new float[steps * width];
        for (int at = 0; at < cosines.length; at++) {
            double slowness = StrictMath.pow(base, 2.0 * (at % half) / width);
            double angle = at / width / slowness;
            cosines[at] = (float) StrictMath.cos(angle);
            float sine = (float) StrictMath.sin(angle);
            sines[at] = at % width < half ? -sine : sine;
        }
        String first = g.slice(x.name(), 3, 0, half, 1);
        String second = g.slice(x.name(), 3, half, width, 1);
        OnnxAttribute last = OnnxAttribute.of("axis", 3);
        Wire swapped = new Wire(g.call("Concat", List.of(second, first), last), x.shape());
        Wire straight = g.combine("Mul", x, g.floats("cosines", cosines, steps, width));
        Wire across = g.combine("Mul", swapped, g.floats("sines", sines, steps, width));
        return g.combine("Add", straight, across.name());
    }
}
