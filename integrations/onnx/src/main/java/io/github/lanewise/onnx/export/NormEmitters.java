package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.norm.BatchNorm;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.InstanceNorm3d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Normalizations. */
final class NormEmitters {

    /** Axes of images in the file. */
    private static final int IMAGE = 4;

    private NormEmitters() {}

    static void add(Emitters all) {
        all.with(BatchNorm1d.class, NormEmitters::batch)
                .with(BatchNorm2d.class, NormEmitters::batch)
                .with(BatchNorm3d.class, NormEmitters::batch)
                .with(InstanceNorm3d.class, NormEmitters::instance)
                .with(InstanceNorm1d.class, NormEmitters::instance)
                .with(InstanceNorm2d.class, NormEmitters::instance)
                .with(GroupNorm.class, NormEmitters::group)
                .with(LayerNorm.class, (g, layer, x) -> layer(g, layer, x))
                .with(RMSNorm.class, NormEmitters::rms)
                .with(LocalResponseNorm.class, NormEmitters::response);
    }

    private static OnnxAttribute epsilon(Layer layer) {
        return OnnxAttribute.of("epsilon", LayerSettings.of(layer).real("eps"));
    }

    private static float[] filled(int size, float number) {
        float[] numbers = new float[size];
        Arrays.fill(numbers, number);
        return numbers;
    }

    /** Returns the name of a parameter, or of numbers that do what a layer without it does. */
    private static String paramOr(GraphBuilder g, Layer layer, String name, int size, float other) {
        return layer.parameters().containsKey(name)
                ? g.param(layer.parameters().get(name))
                : g.floats(layer, name, () -> filled(size, other), size);
    }

    private static Wire batch(GraphBuilder g, BatchNorm layer, Wire x) {
        int channels = LayerSettings.of(layer).number("numFeatures");
        return new Wire(
                g.call(
                        "BatchNormalization",
                        List.of(
                                x.name(),
                                paramOr(g, layer, "weight", channels, 1),
                                paramOr(g, layer, "bias", channels, 0),
                                g.state(layer.runningMean()),
                                g.state(layer.runningVar())),
                        epsilon(layer)),
                x.shape());
    }

    private static Wire instance(GraphBuilder g, InstanceNorm layer, Wire x) {
        int channels = LayerSettings.of(layer).number("numFeatures");
        return new Wire(
                g.call(
                        "InstanceNormalization",
                        List.of(
                                x.name(),
                                paramOr(g, layer, "weight", channels, 1),
                                paramOr(g, layer, "bias", channels, 0)),
                        epsilon(layer)),
                x.shape());
    }

    /** A group is normalized like a channel that holds all of its values. */
    private static Wire group(GraphBuilder g, GroupNorm layer, Wire x) {
        int groups = LayerSettings.of(layer).number("numGroups");
        Wire grouped = g.reshape(x, new Shape(groups, x.shape().features() / groups));
        String ones = g.floats(layer, "ones", () -> filled(groups, 1), groups);
        String zeros = g.floats(layer, "zeros", () -> filled(groups, 0), groups);
        String made =
                g.call(
                        "InstanceNormalization",
                        List.of(grouped.name(), ones, zeros),
                        epsilon(layer));
        Wire normalized = g.reshape(new Wire(made, grouped.shape()), x.shape());
        if (layer.parameters().isEmpty()) {
            return normalized;
        }
        int[] dimensions = new int[x.shape().rank()];
        Arrays.fill(dimensions, 1);
        dimensions[0] = x.shape().dimension(0);
        Shape ofChannels = new Shape(dimensions);
        String weight = g.param(layer.parameters().get("weight"), ofChannels);
        String bias = g.param(layer.parameters().get("bias"), ofChannels);
        return g.combine("Add", g.combine("Mul", normalized, weight), bias);
    }

    static Wire layer(GraphBuilder g, LayerNorm layer, Wire x) {
        int[] normalized = LayerSettings.of(layer).numbers("normalizedShape");
        Shape shape = new Shape(normalized);
        List<String> inputs = new ArrayList<>();
        inputs.add(x.name());
        inputs.add(
                layer.parameters().containsKey("weight")
                        ? g.param(layer.parameters().get("weight"))
                        : g.floats(
                                layer,
                                "weight",
                                () -> filled(shape.features(), 1),
                                Initializers.dims(shape)));
        if (layer.parameters().containsKey("bias")) {
            inputs.add(g.param(layer.parameters().get("bias")));
        }
        return new Wire(
                g.call(
                        "LayerNormalization",
                        inputs,
                        OnnxAttribute.of("axis", -normalized.length),
                        epsilon(layer)),
                x.shape());
    }

    private static Wire rms(GraphBuilder g, RMSNorm layer, Wire x) {
        int axes = LayerSettings.of(layer).numbers("normalizedShape").length;
        long[] last = new long[axes];
        for (int i = 0; i < axes; i++) {
            last[i] = i - axes;
        }
        Wire squares = g.combine("Mul", x, x.name());
        String mean =
                g.call(
                        "ReduceMean",
                        List.of(squares.name()),
                        OnnxAttribute.ofLongs("axes", last),
                        OnnxAttribute.of("keepdims", 1));
        String eps = g.scalar(LayerSettings.of(layer).real("eps"));
        String root = g.call("Sqrt", List.of(g.call("Add", List.of(mean, eps))));
        Wire made = g.combine("Div", x, root);
        return layer.weight() == null ? made : g.combine("Mul", made, g.param(layer.weight()));
    }

    /** ONNX's operator has the channels of an even size the other way round, and takes images. */
    private static Wire response(GraphBuilder g, LocalResponseNorm layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int size = settings.number("size");
        if (size % 2 == 1 && x.rank() == IMAGE) {
            return g.map(
                    "LRN",
                    x,
                    OnnxAttribute.of("size", size),
                    OnnxAttribute.of("alpha", settings.real("alpha")),
                    OnnxAttribute.of("beta", settings.real("beta")),
                    OnnxAttribute.of("bias", settings.real("k")));
        }
        int channels = x.shape().dimension(0);
        int rest = x.shape().features() / channels;
        Wire plane = g.reshape(g.combine("Mul", x, x.name()), new Shape(1, channels, rest));
        String pads = g.longs(0, 0, size / 2, 0, 0, 0, (size - 1) / 2, 0);
        String padded = g.call("Pad", List.of(plane.name(), pads));
        String means =
                g.call(
                        "AveragePool",
                        List.of(padded),
                        OnnxAttribute.ofLongs("kernel_shape", size, 1),
                        OnnxAttribute.ofLongs("strides", 1, 1));
        Wire mean = g.reshape(new Wire(means, plane.shape()), x.shape());
        Wire sum = OperationEmitters.affine(g, mean, settings.real("alpha"), settings.real("k"));
        Wire power = g.combine("Pow", sum, g.scalar(settings.real("beta")));
        return g.combine("Div", x, power.name());
    }
}
