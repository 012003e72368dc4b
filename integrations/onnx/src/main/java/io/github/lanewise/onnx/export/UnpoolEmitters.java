package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.MaxPoolIndices;
import io.github.lanewise.nn.conv.MaxUnpool;
import io.github.lanewise.nn.conv.MaxUnpool1d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.MaxUnpool3d;
import io.github.lanewise.onnx.OnnxAttribute;
import io.github.lanewise.onnx.OnnxType;

import java.util.List;

/** Where a pool found the largest values, and back: ONNX counts through the whole batch. */
final class UnpoolEmitters {

    private UnpoolEmitters() {}

    static void add(Emitters all) {
        all.withMerge(MaxPoolIndices.class, UnpoolEmitters::indices)
                .withMerge(MaxUnpool1d.class, UnpoolEmitters::unpool)
                .withMerge(MaxUnpool2d.class, UnpoolEmitters::unpool)
                .withMerge(MaxUnpool3d.class, UnpoolEmitters::unpool);
    }

    private static Wire indices(GraphBuilder g, MaxPoolIndices layer, List<Wire> inputs) {
        Wire x = inputs.getFirst();
        Windows windows = Windows.of((Layer) LayerSettings.of(layer).get("pool"), x);
        if (!windows.isPaddingSmall()) {
            throw g.refusal(layer, "windows that lie in padding alone");
        }
        List<OnnxAttribute> all = windows.attributes(true);
        all.add(OnnxAttribute.ofLongs("dilations", LayerSettings.longs(windows.dilation())));
        String counted =
                g.call("MaxPool", 2, List.of(x.name()), all.toArray(OnnxAttribute[]::new)).get(1);
        String plane = g.longs(x.shape().features() / x.shape().dimension(0));
        String inChannel = g.call("Mod", List.of(counted, plane));
        OnnxAttribute type = OnnxAttribute.of("to", OnnxType.FLOAT.code());
        return new Wire(g.call("Cast", List.of(inChannel), type), inputs.get(1).shape());
    }

    private static Wire unpool(GraphBuilder g, MaxUnpool layer, List<Wire> inputs) {
        Wire x = inputs.getFirst();
        Shape shape = layer.outputShape(inputs.stream().map(Wire::shape).toList());
        int channels = shape.dimension(0);
        Shape pooled = new Shape(channels, x.shape().features() / channels);
        Shape plane = new Shape(channels, shape.features() / channels);
        OnnxAttribute type = OnnxAttribute.of("to", OnnxType.INT64.code());
        String places = g.call("Cast", List.of(g.reshape(inputs.get(1), 0, pooled).name()), type);
        String zeros = WiringEmitters.repeated(g, g.scalar(0), plane).name();
        String made =
                g.call(
                        "ScatterElements",
                        List.of(zeros, places, g.reshape(x, 0, pooled).name()),
                        OnnxAttribute.of("axis", 2));
        return g.reshape(new Wire(made, plane), 0, shape);
    }
}
