package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.AdaptiveAvgPool1d;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.FractionalMaxPool;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.conv.FractionalMaxPool3d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.LPPool;
import io.github.lanewise.nn.conv.LPPool1d;
import io.github.lanewise.nn.conv.LPPool2d;
import io.github.lanewise.nn.conv.LPPool3d;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;

/** Pools of sequences, images and volumes. */
final class PoolEmitters {

    private PoolEmitters() {}

    static void add(Emitters all) {
        all.with(MaxPool1d.class, PoolEmitters::max)
                .with(MaxPool2d.class, PoolEmitters::max)
                .with(LPPool1d.class, PoolEmitters::norm)
                .with(LPPool2d.class, PoolEmitters::norm)
                .with(LPPool3d.class, PoolEmitters::norm)
                .with(FractionalMaxPool2d.class, PoolEmitters::fractional)
                .with(FractionalMaxPool3d.class, PoolEmitters::fractional)
                .with(MaxPool3d.class, PoolEmitters::max)
                .with(AvgPool3d.class, PoolEmitters::average)
                .with(AdaptiveMaxPool3d.class, PoolEmitters::adaptiveMax)
                .with(AdaptiveAvgPool3d.class, PoolEmitters::adaptiveAverage)
                .with(AvgPool1d.class, PoolEmitters::average)
                .with(AvgPool2d.class, PoolEmitters::average)
                .with(AdaptiveMaxPool1d.class, PoolEmitters::adaptiveMax)
                .with(AdaptiveMaxPool2d.class, PoolEmitters::adaptiveMax)
                .with(AdaptiveAvgPool1d.class, PoolEmitters::adaptiveAverage)
                .with(AdaptiveAvgPool2d.class, PoolEmitters::adaptiveAverage)
                .with(
                        GlobalAvgPool.class,
                        (g, layer, x) -> global(g, "GlobalAveragePool", layer, x))
                .with(GlobalMaxPool.class, (g, layer, x) -> global(g, "GlobalMaxPool", layer, x));
    }

    private static Wire global(GraphBuilder g, String operator, Layer layer, Wire x) {
        Wire pooled = g.make(operator, x.shape(), x);
        return g.make("Flatten", layer.outputShape(x.shape()), pooled, OnnxAttribute.of("axis", 1));
    }

    private static Wire max(GraphBuilder g, Layer layer, Wire x) {
        Windows windows = Windows.of(layer, x);
        boolean small = windows.isPaddingSmall();
        String from = small ? x.name() : pad(g, x, windows, Float.NEGATIVE_INFINITY);
        List<OnnxAttribute> all = windows.attributes(small);
        all.add(OnnxAttribute.ofLongs("dilations", LayerSettings.longs(windows.dilation())));
        return new Wire(
                g.call("MaxPool", List.of(from), all.toArray(OnnxAttribute[]::new)),
                layer.outputShape(x.shape()));
    }

    private static String pad(GraphBuilder g, Wire x, Windows windows, float number) {
        String pads = g.longs(windows.padsOfAll());
        return g.call(
                "Pad",
                List.of(x.name(), pads, g.scalar(number)),
                OnnxAttribute.of("mode", "constant"));
    }

    /**
     * Where padding counts but a window runs over it, what lies beyond does not count: a mean over
     * all places is multiplied by what it should have been divided by less.
     */
    private static Wire average(GraphBuilder g, Layer layer, Wire x) {
        return average(g, layer, x, LayerSettings.of(layer).flag("countIncludePad"));
    }

    private static Wire average(GraphBuilder g, Layer layer, Wire x, boolean counted) {
        Windows windows = Windows.of(layer, x);
        Shape shape = layer.outputShape(x.shape());
        boolean plain = !counted || windows.isPaddingEven();
        List<OnnxAttribute> all = windows.attributes(plain);
        all.add(OnnxAttribute.of("count_include_pad", counted ? 1 : 0));
        String from = plain ? x.name() : pad(g, x, windows, 0);
        Wire mean =
                new Wire(
                        g.call("AveragePool", List.of(from), all.toArray(OnnxAttribute[]::new)),
                        shape);
        return plain ? mean : g.combine("Mul", mean, factors(g, windows));
    }

    /** ONNX's own LpPool takes whole p alone, and amounts of what is below 0. */
    private static Wire norm(GraphBuilder g, LPPool layer, Wire x) {
        float p = LayerSettings.of(layer).real("normType");
        if (Float.isInfinite(p)) {
            return max(g, layer, g.make("Abs", x.shape(), x));
        }
        int count = 1;
        for (int taps : Windows.of(layer, x).kernel()) {
            count *= taps;
        }
        Wire powers = g.combine("Pow", x, g.scalar(p));
        Wire sums = g.combine("Mul", average(g, layer, powers, false), g.scalar(count));
        return p == 2
                ? g.make("Sqrt", sums.shape(), sums)
                : g.combine("Pow", sums, g.scalar(1 / p));
    }

    /** Windows are taken out along each side; then they lie one behind the other. */
    private static Wire fractional(GraphBuilder g, FractionalMaxPool layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        if (settings.flag("returnIndices")) {
            throw g.refusal(layer, "returnIndices");
        }
        int[] kernel = settings.numbers("kernelSize");
        int[][] starts = layer.windows(x.shape());
        String taken = x.name();
        for (int side = 0; side < kernel.length; side++) {
            long[] places = new long[starts[side].length * kernel[side]];
            for (int i = 0; i < places.length; i++) {
                places[i] = starts[side][i / kernel[side]] + i % kernel[side];
            }
            OnnxAttribute axis = OnnxAttribute.of("axis", side + 2);
            taken = g.call("Gather", List.of(taken, g.longs(places)), axis);
        }
        OnnxAttribute shape = OnnxAttribute.ofLongs("kernel_shape", LayerSettings.longs(kernel));
        OnnxAttribute strides = OnnxAttribute.ofLongs("strides", LayerSettings.longs(kernel));
        return new Wire(
                g.call("MaxPool", List.of(taken), shape, strides), layer.outputShape(x.shape()));
    }

    private static String factors(GraphBuilder g, Windows w) {
        float[] factors = {1};
        long[] shape = new long[w.sides() + 1];
        shape[0] = 1;
        for (int side = 0; side < w.sides(); side++) {
            float[] more = new float[factors.length * w.outs()[side]];
            for (int i = 0; i < more.length; i++) {
                int first = i % w.outs()[side] * w.stride()[side] - w.before()[side];
                int end = w.sizes()[side] + w.before()[side];
                int counted = Math.min(first + w.kernel()[side], end) - first;
                more[i] = factors[i / w.outs()[side]] * w.kernel()[side] / counted;
            }
            factors = more;
            shape[side + 1] = w.outs()[side];
        }
        return g.floats("counted", factors, shape);
    }

    private static int[] outs(Layer layer) {
        return LayerSettings.of(layer).numbers("outputSize");
    }

    private static boolean divides(Wire x, int[] outs) {
        for (int side = 0; side < outs.length; side++) {
            if (x.shape().dimension(side + 1) % outs[side] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Regions of one size are windows side by side. */
    private static Wire even(GraphBuilder g, String operator, Layer layer, Wire x, int[] outs) {
        long[] kernel = new long[outs.length];
        for (int side = 0; side < outs.length; side++) {
            kernel[side] = x.shape().dimension(side + 1) / outs[side];
        }
        return g.make(
                operator,
                layer.outputShape(x.shape()),
                x,
                OnnxAttribute.ofLongs("kernel_shape", kernel),
                OnnxAttribute.ofLongs("strides", kernel));
    }

    private static int begin(int region, int size, int out) {
        return (int) ((long) region * size / out);
    }

    private static int end(int region, int size, int out) {
        return (int) Math.ceilDiv((region + 1L) * size, out);
    }

    /** Means of unequal regions are products with the matrix of their shares, side by side. */
    private static Wire adaptiveAverage(GraphBuilder g, Layer layer, Wire x) {
        int[] outs = outs(layer);
        if (divides(x, outs)) {
            return even(g, "AveragePool", layer, x, outs);
        }
        int last = outs.length - 1;
        int width = x.shape().dimension(last + 1);
        String shares = shares(g, "across", width, outs[last], true);
        String made = g.call("MatMul", List.of(x.name(), shares));
        if (last > 0) {
            String down = shares(g, "down", x.shape().dimension(last), outs[last - 1], false);
            made = g.call("MatMul", List.of(down, made));
        }
        Shape shape = layer.outputShape(x.shape());
        if (last > 1) {
            int depth = x.shape().dimension(1);
            int channels = shape.dimension(0);
            int plane = shape.features() / channels / outs[0];
            Wire before = new Wire(made, new Shape(channels, depth, outs[1], outs[2]));
            Wire flat = g.reshape(before, new Shape(channels, depth, plane));
            String deep = shares(g, "deep", depth, outs[0], false);
            made = g.call("MatMul", List.of(deep, flat.name()));
            return g.reshape(new Wire(made, new Shape(channels, outs[0], plane)), shape);
        }
        return new Wire(made, shape);
    }

    private static String shares(
            GraphBuilder g, String word, int size, int out, boolean transposed) {
        float[] shares = new float[size * out];
        for (int region = 0; region < out; region++) {
            int begin = begin(region, size, out);
            int end = end(region, size, out);
            for (int i = begin; i < end; i++) {
                shares[transposed ? i * out + region : region * size + i] = 1f / (end - begin);
            }
        }
        return transposed ? g.floats(word, shares, size, out) : g.floats(word, shares, out, size);
    }

    /** Takes the largest of each region along one side, then along the other. */
    private static Wire adaptiveMax(GraphBuilder g, Layer layer, Wire x) {
        int[] outs = outs(layer);
        if (divides(x, outs)) {
            return even(g, "MaxPool", layer, x, outs);
        }
        String made = x.name();
        for (int side = 0; side < outs.length; side++) {
            int size = x.shape().dimension(side + 1);
            int axis = side + 2;
            List<String> parts = new ArrayList<>();
            for (int region = 0; region < outs[side]; region++) {
                int begin = begin(region, size, outs[side]);
                String part = g.slice(made, axis, begin, end(region, size, outs[side]), 1);
                parts.add(
                        g.call(
                                "ReduceMax",
                                List.of(part),
                                OnnxAttribute.ofLongs("axes", axis),
                                OnnxAttribute.of("keepdims", 1)));
            }
            made = g.call("Concat", parts, OnnxAttribute.of("axis", axis));
        }
        return new Wire(made, layer.outputShape(x.shape()));
    }
}
