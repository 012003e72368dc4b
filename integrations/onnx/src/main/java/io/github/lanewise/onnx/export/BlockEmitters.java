package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.List;

/** Layers that put numbers into other places. */
final class BlockEmitters {

    private BlockEmitters() {}

    static void add(Emitters all) {
        all.with(Unflatten.class, (g, layer, x) -> g.reshape(x, layer.outputShape(x.shape())))
                .with(ChannelShuffle.class, BlockEmitters::shuffle)
                .with(Unfold.class, BlockEmitters::unfold)
                .with(Fold.class, BlockEmitters::fold)
                .with(Part.class, BlockEmitters::part);
    }

    private static Wire shuffle(GraphBuilder g, ChannelShuffle layer, Wire x) {
        int groups = LayerSettings.of(layer).number("groups");
        int channels = x.shape().dimension(0);
        int rest = x.shape().features() / channels;
        Wire cut = g.reshape(x, new Shape(groups, channels / groups, rest));
        return g.reshape(ImageEmitters.turned(g, cut, 1, 0, 2), x.shape());
    }

    /** Each number is taken from its place in the padded image. */
    private static Wire unfold(GraphBuilder g, Unfold layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int[] kernel = settings.numbers("kernelSize");
        int[] stride = settings.numbers("stride");
        int[] padding = settings.numbers("padding");
        int[] dilation = settings.numbers("dilation");
        int channels = x.shape().dimension(0);
        int[] size = new int[2];
        int[] outs = new int[2];
        for (int side = 0; side < 2; side++) {
            size[side] = x.shape().dimension(side + 1) + 2 * padding[side];
            outs[side] = (size[side] - dilation[side] * (kernel[side] - 1) - 1) / stride[side] + 1;
        }
        int taps = kernel[0] * kernel[1];
        int blocks = outs[0] * outs[1];
        long[] places = new long[taps * blocks];
        for (int i = 0; i < places.length; i++) {
            int tap = i / blocks;
            int block = i % blocks;
            int row = block / outs[1] * stride[0] + tap / kernel[1] * dilation[0];
            int col = block % outs[1] * stride[1] + tap % kernel[1] * dilation[1];
            places[i] = (long) row * size[1] + col;
        }
        String padded =
                padding[0] + padding[1] == 0
                        ? x.name()
                        : g.call(
                                "Pad",
                                List.of(
                                        x.name(),
                                        g.longs(
                                                0,
                                                0,
                                                padding[0],
                                                padding[1],
                                                0,
                                                0,
                                                padding[0],
                                                padding[1])));
        Wire image = new Wire(padded, new Shape(channels, size[0], size[1]));
        Wire plane = g.reshape(image, new Shape(channels, size[0] * size[1]));
        String taken =
                g.call(
                        "Gather",
                        List.of(plane.name(), g.longs(places)),
                        OnnxAttribute.of("axis", 2));
        Wire all = new Wire(taken, new Shape(channels, taps * blocks));
        return g.reshape(all, layer.outputShape(x.shape()));
    }

    /**
     * A transposed convolution whose weights are 1 for one tap each adds the blocks up; what is
     * infinite makes NaN around it. Blocks may leave an edge of the image free.
     */
    private static Wire fold(GraphBuilder g, Fold layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int[] kernel = settings.numbers("kernelSize");
        int[] stride = settings.numbers("stride");
        int[] padding = settings.numbers("padding");
        int[] dilation = settings.numbers("dilation");
        Shape shape = layer.outputShape(x.shape());
        int taps = kernel[0] * kernel[1];
        int channels = shape.dimension(0);
        int[] counts = new int[2];
        long[] pads = new long[2 * 4];
        for (int side = 0; side < 2; side++) {
            int size = shape.dimension(side + 1) + 2 * padding[side];
            int span = dilation[side] * (kernel[side] - 1) + 1;
            counts[side] = (size - span) / stride[side] + 1;
            pads[4 + 2 + side] = size - span - (long) (counts[side] - 1) * stride[side];
        }
        float[] ones = new float[channels * taps * taps];
        for (int i = 0; i < channels * taps; i++) {
            ones[i * taps + i % taps] = 1;
        }
        Wire blocks = g.reshape(x, new Shape(channels * taps, counts[0], counts[1]));
        String made =
                g.call(
                        "ConvTranspose",
                        List.of(
                                blocks.name(),
                                g.floats("taps", ones, channels * taps, 1, kernel[0], kernel[1])),
                        OnnxAttribute.ofLongs("kernel_shape", LayerSettings.longs(kernel)),
                        OnnxAttribute.ofLongs("strides", LayerSettings.longs(stride)),
                        OnnxAttribute.ofLongs("dilations", LayerSettings.longs(dilation)),
                        OnnxAttribute.of("group", channels));
        made = g.call("Pad", List.of(made, g.longs(pads)));
        for (int side = 0; side < 2; side++) {
            int end = padding[side] + shape.dimension(side + 1);
            made = g.slice(made, side + 2, padding[side], end, 1);
        }
        return new Wire(made, shape);
    }

    private static Wire part(GraphBuilder g, Part layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        List<?> shapes = (List<?>) settings.get("shapes");
        int index = settings.number("index");
        long start = 0;
        for (int i = 0; i < index; i++) {
            long features = 1;
            for (Object dimension : (List<?>) shapes.get(i)) {
                features *= ((Number) dimension).longValue();
            }
            start += features;
        }
        Shape shape = layer.outputShape(x.shape());
        Wire row = g.reshape(x, new Shape(x.shape().features()));
        String taken = g.slice(row.name(), 1, start, start + shape.features(), 1);
        return g.reshape(new Wire(taken, new Shape(shape.features())), shape);
    }
}
