package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Broadcast;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Concatenate;
import io.github.lanewise.nn.graph.ConcatenateAlong;
import io.github.lanewise.nn.graph.Constant;
import io.github.lanewise.nn.graph.Elementwise;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers of layers, and what joins values. */
final class WiringEmitters {

    private WiringEmitters() {}

    static void add(Emitters all) {
        all.with(Sequential.class, WiringEmitters::chain)
                .with(Residual.class, WiringEmitters::residual)
                .with(Concat.class, WiringEmitters::branches)
                .with(AdaptiveLogSoftmax.class, WiringEmitters::adaptive)
                .with(TimeDistributed.class, WiringEmitters::steps)
                .withMerge(Model.class, WiringEmitters::packed)
                .withMerge(
                        Elementwise.class,
                        (g, layer, xs) -> g.combine(operator(layer), xs.get(0), xs.get(1).name()))
                .withMerge(Broadcast.class, WiringEmitters::broadcast)
                .withMerge(Constant.class, WiringEmitters::constant)
                .withMerge(Learned.class, (g, layer, xs) -> learned(g, layer))
                .withMerge(MatMul.class, WiringEmitters::product)
                .withMerge(Where.class, WiringEmitters::choice)
                .withMerge(Concatenate.class, (g, layer, xs) -> joined(g, layer, 0, xs))
                .withMerge(
                        ConcatenateAlong.class,
                        (g, layer, xs) -> joined(g, layer, layer.axis(), xs));
    }

    static Wire chain(GraphBuilder g, Layer layer, Wire x) {
        Wire made = x;
        for (Map.Entry<String, Layer> child : layer.children().entrySet()) {
            made = g.layer(child.getKey(), child.getValue(), made);
        }
        return made;
    }

    /** Its graph is of one sample; of several steps each is one. */
    private static Wire adaptive(GraphBuilder g, AdaptiveLogSoftmax layer, Wire x) {
        Model graph = layer.graph();
        Wire rows = g.reshape(x, -1, graph.inputShape());
        String batch = g.batchOf(rows.name());
        Wire made = g.layer("", graph, rows);
        g.batchOf(batch);
        return g.reshape(made, -1, layer.outputShape(x.shape()));
    }

    private static Wire residual(GraphBuilder g, Residual layer, Wire x) {
        return g.combine("Add", x, chain(g, layer, x).name());
    }

    private static Wire branches(GraphBuilder g, Concat layer, Wire x) {
        List<Wire> made = new ArrayList<>();
        layer.children().forEach((name, branch) -> made.add(g.layer(name, branch, x)));
        return new Wire(concat(g, 0, made), layer.outputShape(x.shape()));
    }

    private static Wire joined(GraphBuilder g, Merge layer, int axis, List<Wire> inputs) {
        Shape shape = layer.outputShape(inputs.stream().map(Wire::shape).toList());
        return inputs.size() == 1 ? inputs.getFirst() : new Wire(concat(g, axis, inputs), shape);
    }

    private static String concat(GraphBuilder g, int axis, List<Wire> inputs) {
        return g.call(
                "Concat",
                inputs.stream().map(Wire::name).toList(),
                OnnxAttribute.of("axis", axis + 1));
    }

    /** The steps of all samples become the samples of one batch. */
    private static Wire steps(GraphBuilder g, TimeDistributed layer, Wire x) {
        int[] dimensions = x.shape().dimensions();
        Shape step = new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
        Wire all = g.reshape(x, -1, step);
        String batch = g.batchOf(all.name());
        Wire made = g.layer("layer", layer.children().get("layer"), all);
        g.batchOf(batch);
        return g.reshape(made, -1, layer.outputShape(x.shape()));
    }

    private static String operator(Layer layer) {
        return switch (LayerSettings.of(layer).word("how")) {
            case "add" -> "Add";
            case "subtract" -> "Sub";
            case "multiply" -> "Mul";
            default -> "Div";
        };
    }

    /** Axes are laid upon each other from the last on, but the batch stays the first. */
    private static Wire broadcast(GraphBuilder g, Broadcast layer, List<Wire> inputs) {
        int rank = Math.max(inputs.get(0).shape().rank(), inputs.get(1).shape().rank());
        List<String> names = new ArrayList<>();
        for (Wire input : inputs) {
            int[] dimensions = new int[rank];
            Arrays.fill(dimensions, 1);
            int[] own = input.shape().dimensions();
            System.arraycopy(own, 0, dimensions, rank - own.length, own.length);
            names.add(g.reshape(input, new Shape(dimensions)).name());
        }
        Shape shape = layer.outputShape(inputs.stream().map(Wire::shape).toList());
        return new Wire(g.call(operator(layer), names), shape);
    }

    private static Wire product(GraphBuilder g, MatMul layer, List<Wire> inputs) {
        Shape shape = layer.outputShape(inputs.stream().map(Wire::shape).toList());
        return new Wire(
                g.call("MatMul", List.of(inputs.get(0).name(), inputs.get(1).name())), shape);
    }

    /** NaN is not 0, here and there. */
    private static Wire choice(GraphBuilder g, Where layer, List<Wire> inputs) {
        String isZero = g.call("Equal", List.of(inputs.get(0).name(), g.scalar(0)));
        return new Wire(
                g.call("Where", List.of(isZero, inputs.get(2).name(), inputs.get(1).name())),
                inputs.get(1).shape());
    }

    /** The same sample as often as the batch is large. */
    private static Wire constant(GraphBuilder g, Constant layer, List<Wire> inputs) {
        LayerSettings settings = LayerSettings.of(layer);
        Shape shape = new Shape(settings.numbers("shape"));
        List<?> list = (List<?>) settings.get("value");
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (Float) list.get(i);
        }
        long[] one = new long[shape.rank() + 1];
        one[0] = 1;
        System.arraycopy(Initializers.dims(shape), 0, one, 1, shape.rank());
        return repeated(g, g.floats(layer, "value", () -> numbers, one), shape);
    }

    private static Wire learned(GraphBuilder g, Learned layer) {
        return repeated(g, g.param(layer.weight()), layer.weight().savedShape());
    }

    static Wire repeated(GraphBuilder g, String value, Shape shape) {
        String size =
                g.call(
                        "Shape",
                        List.of(g.batch()),
                        OnnxAttribute.of("start", 0),
                        OnnxAttribute.of("end", 1));
        String target =
                g.call(
                        "Concat",
                        List.of(size, g.longs(Initializers.dims(shape))),
                        OnnxAttribute.of("axis", 0));
        return new Wire(g.call("Expand", List.of(value, target)), shape);
    }

    /** Adds the calls of a model, and returns its outputs. */
    static List<Wire> model(GraphBuilder g, Model model, List<Wire> inputs) {
        String batch = g.batchOf(inputs.getFirst().name());
        List<Wire> values = new ArrayList<>(inputs);
        for (Model.Call call : model.calls()) {
            Wire[] taken = call.takes().stream().map(values::get).toArray(Wire[]::new);
            values.add(g.layer(Integer.toString(values.size()), call.layer(), taken));
        }
        g.batchOf(batch);
        return model.outputs().stream().map(values::get).toList();
    }

    /** Inside another model, several inputs and outputs lie side by side in one row. */
    private static Wire packed(GraphBuilder g, Model model, List<Wire> inputs) {
        List<Shape> shapes = model.inputShapes();
        List<Wire> apart = inputs;
        if (inputs.size() < shapes.size()) {
            apart = new ArrayList<>();
            int at = 0;
            for (Shape shape : shapes) {
                int end = at + shape.features();
                String part = g.slice(inputs.getFirst().name(), 1, at, end, 1);
                apart.add(g.reshape(new Wire(part, new Shape(shape.features())), shape));
                at = end;
            }
        }
        List<Wire> outputs = model(g, model, apart);
        if (outputs.size() == 1) {
            return outputs.getFirst();
        }
        List<Wire> rows =
                outputs.stream()
                        .map(output -> g.reshape(output, new Shape(output.shape().features())))
                        .toList();
        int features = rows.stream().mapToInt(row -> row.shape().features()).sum();
        return new Wire(concat(g, 0, rows), new Shape(features));
    }
}
