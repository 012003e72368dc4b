package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Slice;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.onnx.OnnxAttribute;
import io.github.lanewise.onnx.OnnxType;

import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** Operations on values, gated units, and layers that do nothing but in training. */
final class OperationEmitters {

    private OperationEmitters() {}

    static void add(Emitters all) {
        all.with(Affine.class, OperationEmitters::affine)
                .with(Permute.class, OperationEmitters::permute)
                .with(Slice.class, OperationEmitters::slice)
                .with(IndexSelect.class, OperationEmitters::select)
                .with(Pointwise.class, OperationEmitters::pointwise)
                .with(Reduce.class, OperationEmitters::reduce)
                .with(Reshape.class, (g, layer, x) -> g.reshape(x, layer.outputShape(x.shape())))
                .with(Flatten.class, OperationEmitters::flatten)
                .with(Reparameterize.class, OperationEmitters::reparameterize)
                .with(
                        GLU.class,
                        (g, layer, x) ->
                                gated(g, layer, x, (v, w) -> product(g, v, g.map("Sigmoid", w))))
                .with(
                        ReGLU.class,
                        (g, layer, x) ->
                                gated(g, layer, x, (w, v) -> product(g, g.map("Relu", w), v)))
                .with(
                        GEGLU.class,
                        (g, layer, x) ->
                                gated(
                                        g,
                                        layer,
                                        x,
                                        (w, v) -> product(g, ActivationEmitters.gelu(g, w), v)))
                .with(
                        SwiGLU.class,
                        (g, layer, x) ->
                                gated(
                                        g,
                                        layer,
                                        x,
                                        (w, v) -> product(g, ActivationEmitters.silu(g, w), v)));
        for (Class<? extends Layer> idle :
                List.of(
                        Identity.class,
                        Dropout.class,
                        Dropout1d.class,
                        Dropout2d.class,
                        Dropout3d.class,
                        AlphaDropout.class,
                        FeatureAlphaDropout.class,
                        DropPath.class,
                        GaussianNoise.class)) {
            all.with(idle, (g, layer, x) -> x);
        }
    }

    private static Wire affine(GraphBuilder g, Affine layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        return affine(g, x, settings.real("scale"), settings.real("shift"));
    }

    /** Returns scale x + shift. */
    static Wire affine(GraphBuilder g, Wire x, float scale, float shift) {
        Wire scaled = scale == 1 ? x : g.combine("Mul", x, g.scalar(scale));
        return shift == 0 ? scaled : g.combine("Add", scaled, g.scalar(shift));
    }

    private static Wire permute(GraphBuilder g, Permute layer, Wire x) {
        int[] dims = LayerSettings.of(layer).numbers("dims");
        long[] perm = new long[dims.length + 1];
        for (int i = 0; i < dims.length; i++) {
            perm[i + 1] = dims[i] + 1;
        }
        return g.make(
                "Transpose", layer.outputShape(x.shape()), x, OnnxAttribute.ofLongs("perm", perm));
    }

    private static Wire slice(GraphBuilder g, Slice layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        String part =
                g.slice(
                        x.name(),
                        settings.number("dim") + 1,
                        settings.number("start"),
                        settings.number("end"),
                        settings.number("step"));
        return new Wire(part, layer.outputShape(x.shape()));
    }

    private static Wire select(GraphBuilder g, IndexSelect layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        String indices = g.longs(LayerSettings.longs(settings.numbers("index")));
        return new Wire(
                g.call(
                        "Gather",
                        List.of(x.name(), indices),
                        OnnxAttribute.of("axis", settings.number("dim") + 1)),
                layer.outputShape(x.shape()));
    }

    private static Wire pointwise(GraphBuilder g, Pointwise layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        String function = settings.word("function");
        return switch (function) {
            case "heaviside" ->
                    cast(g, x, g.call("Greater", List.of(x.name(), g.scalar(0))), OnnxType.FLOAT);
            case "bfloat16" -> there(g, x, OnnxType.BFLOAT16);
            case "float16" -> there(g, x, OnnxType.FLOAT16);
            case "trunc" -> there(g, x, OnnxType.INT64);
            case "pow" -> g.combine("Pow", x, g.scalar(settings.real("exponent")));
            // The others have ONNX's names but for the first letter, which is a capital there.
            default ->
                    g.map(
                            function.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + function.substring(1),
                            x);
        };
    }

    /** Makes numbers another type, and floats again. */
    private static Wire there(GraphBuilder g, Wire x, OnnxType type) {
        return cast(g, x, cast(g, x, x.name(), type).name(), OnnxType.FLOAT);
    }

    private static Wire cast(GraphBuilder g, Wire x, String name, OnnxType type) {
        OnnxAttribute to = OnnxAttribute.of("to", type.code());
        return new Wire(g.call("Cast", List.of(name), to), x.shape());
    }

    private static Wire reduce(GraphBuilder g, Reduce layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int axis = settings.number("dim") + 1;
        // A sample has one dimension at least.
        boolean kept = settings.flag("keepdim") || x.shape().rank() == 1;
        OnnxAttribute keep = OnnxAttribute.of("keepdims", kept ? 1 : 0);
        Shape shape = layer.outputShape(x.shape());
        String operator =
                switch (settings.word("kind")) {
                    case "mean" -> "ReduceMean";
                    case "max" -> "ReduceMax";
                    case "norm" -> "ReduceL2";
                    default -> "ReduceSum";
                };
        if (operator.equals("ReduceSum")) {
            return new Wire(g.call(operator, List.of(x.name(), g.longs(axis)), keep), shape);
        }
        return g.make(operator, shape, x, OnnxAttribute.ofLongs("axes", axis), keep);
    }

    private static Wire flatten(GraphBuilder g, Flatten layer, Wire x) {
        return x.shape().rank() == 1
                ? x
                : g.make("Flatten", layer.outputShape(x.shape()), x, OnnxAttribute.of("axis", 1));
    }

    /** Only the means are asked for. */
    private static Wire reparameterize(GraphBuilder g, Reparameterize layer, Wire x) {
        Shape shape = layer.outputShape(x.shape());
        return new Wire(g.slice(x.name(), 1, 0, shape.dimension(0), 1), shape);
    }

    private static Wire product(GraphBuilder g, Wire a, Wire b) {
        return g.combine("Mul", a, b.name());
    }

    /** Joins the halves along an axis. */
    private static Wire gated(GraphBuilder g, Layer layer, Wire x, BinaryOperator<Wire> join) {
        LayerSettings settings = LayerSettings.of(layer);
        int axis = settings.has("dim") ? settings.number("dim") : x.shape().rank() - 1;
        Shape half = layer.outputShape(x.shape());
        int size = half.dimension(axis);
        Wire first = new Wire(g.slice(x.name(), axis + 1, 0, size, 1), half);
        Wire second = new Wire(g.slice(x.name(), axis + 1, size, 2L * size, 1), half);
        return join.apply(first, second);
    }
}
