package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;

/** What takes two vectors for one number, or for a form. */
final class PairEmitters {

    private PairEmitters() {}

    static void add(Emitters all) {
        all.withMerge(Bilinear.class, PairEmitters::bilinear)
                .withMerge(CosineSimilarity.class, PairEmitters::cosine)
                .withMerge(PairwiseDistance.class, PairEmitters::distance);
    }

    /** One product with all a[i] b[j]. */
    private static Wire bilinear(GraphBuilder g, Bilinear layer, List<Wire> inputs) {
        int in1 = inputs.get(0).shape().features();
        int in2 = inputs.get(1).shape().features();
        Wire down = g.reshape(inputs.get(0), new Shape(in1, 1));
        Wire across = g.reshape(inputs.get(1), new Shape(1, in2));
        String products = g.call("Mul", List.of(down.name(), across.name()));
        Wire row = g.reshape(new Wire(products, new Shape(in1, in2)), new Shape(in1 * in2));
        Shape out = layer.outputShape(List.of(inputs.get(0).shape(), inputs.get(1).shape()));
        List<String> taken = new ArrayList<>();
        taken.add(row.name());
        taken.add(g.param(layer.weight(), new Shape(out.features(), in1 * in2)));
        if (layer.bias() != null) {
            taken.add(g.param(layer.bias()));
        }
        return new Wire(g.call("Gemm", taken, OnnxAttribute.of("transB", 1)), out);
    }

    /** A reduction along an axis of samples, to what a layer makes. */
    private record Reduction(GraphBuilder g, int axis, boolean kept, Shape shape) {

        static Reduction of(
                GraphBuilder g, Merge layer, List<Wire> inputs, int axis, boolean keepDim) {
            Shape input = inputs.getFirst().shape();
            // A sample has one dimension at least.
            boolean kept = keepDim || input.rank() == 1;
            return new Reduction(g, axis + 1, kept, layer.outputShape(List.of(input, input)));
        }

        Wire make(String operator, String from) {
            OnnxAttribute keep = OnnxAttribute.of("keepdims", kept ? 1 : 0);
            String made =
                    operator.equals("ReduceSum")
                            ? g.call(operator, List.of(from, g.longs(axis)), keep)
                            : g.call(
                                    operator,
                                    List.of(from),
                                    OnnxAttribute.ofLongs("axes", axis),
                                    keep);
            return new Wire(made, shape);
        }
    }

    private static Wire cosine(GraphBuilder g, CosineSimilarity layer, List<Wire> inputs) {
        LayerSettings settings = LayerSettings.of(layer);
        Reduction along = Reduction.of(g, layer, inputs, settings.number("dim"), false);
        String eps = g.scalar(settings.real("eps"));
        String a = inputs.get(0).name();
        String b = inputs.get(1).name();
        Wire dot = along.make("ReduceSum", g.call("Mul", List.of(a, b)));
        Wire first = g.combine("Max", along.make("ReduceL2", a), eps);
        Wire second = g.combine("Max", along.make("ReduceL2", b), eps);
        // One after the other: the product of two small lengths may be 0.
        return g.combine("Div", g.combine("Div", dot, first.name()), second.name());
    }

    /** Powers are of shares of the largest difference, so that they cannot overflow. */
    private static Wire distance(GraphBuilder g, PairwiseDistance layer, List<Wire> inputs) {
        LayerSettings settings = LayerSettings.of(layer);
        int axis = inputs.getFirst().shape().rank() - 1;
        Reduction along = Reduction.of(g, layer, inputs, axis, settings.flag("keepdim"));
        Wire difference = g.combine("Sub", inputs.get(0), inputs.get(1).name());
        Wire moved = g.combine("Add", difference, g.scalar(settings.real("eps")));
        float p = settings.real("p");
        if (p == 2) {
            return along.make("ReduceL2", moved.name());
        }
        Wire sizes = g.map("Abs", moved);
        if (p == 1) {
            return along.make("ReduceSum", sizes.name());
        }
        Wire largest = along.make("ReduceMax", sizes.name());
        if (Float.isInfinite(p)) {
            return largest;
        }
        Reduction kept = new Reduction(g, axis + 1, true, along.shape());
        Wire unit =
                g.combine("Max", kept.make("ReduceMax", sizes.name()), g.scalar(Float.MIN_NORMAL));
        Wire shares = g.combine("Div", sizes, unit.name());
        Wire sum = along.make("ReduceSum", g.combine("Pow", shares, g.scalar(p)).name());
        Wire root = g.combine("Pow", sum, g.scalar(1.0 / p));
        return g.combine("Mul", root, largest.name());
    }
}
