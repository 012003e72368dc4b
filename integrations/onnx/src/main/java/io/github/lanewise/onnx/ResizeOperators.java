package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Padding and resizing. */
final class ResizeOperators {

    private ResizeOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("DepthToSpace", call -> List.of(depthToSpace(call)));
        all.put("Pad", call -> List.of(pad(call)));
        all.put("Resize", call -> List.of(resize(call, call.opset() < 11 ? 1 : 2)));
        all.put("Upsample", call -> List.of(resize(call, 1)));
    }

    private static Flow sized(Flow x, Value made) {
        List<Layout.Part> parts = new ArrayList<>();
        parts.add(Layout.BATCH);
        made.shape().toList().forEach(size -> parts.add(Layout.Part.of(size)));
        return x.with(made, new Layout(parts));
    }

    private static Imported depthToSpace(Call call) {
        Flow x = call.flow(0);
        ConvolutionOperators.sides(x);
        if (!"CRD".equals(call.text("mode", "DCR"))) {
            throw new IllegalArgumentException("mode is not CRD, that of PyTorch's PixelShuffle");
        }
        return sized(x, x.value().then(new PixelShuffle(call.integer("blocksize", 1))));
    }

    private static Imported pad(Call call) {
        Flow x = call.flow(0);
        int rank = x.rank();
        long[] pads = call.needed(1, "pads");
        int[] axes = new int[pads.length / 2];
        long[] named = call.has(3) ? call.known(3).longs() : null;
        Arrays.setAll(axes, i -> named == null ? i : Call.axis(named[i], rank));
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int i = 0; i < axes.length; i++) {
            before[axes[i]] = Math.toIntExact(pads[i]);
            after[axes[i]] = Math.toIntExact(pads[axes.length + i]);
        }
        String mode = call.text("mode", "constant");
        if (!"constant".equals(mode)) {
            return copied(x, mode, before, after);
        }
        float filling = call.has(2) ? call.known(2).floats()[0] : call.real("value", 0);
        Flow made = x;
        for (int axis = 0; axis < rank; axis++) {
            made = padded(call, made, axis, before[axis], after[axis], filling);
        }
        return made;
    }

    /** Puts constants in front and behind; negative numbers cut off. */
    private static Flow padded(Call call, Flow x, int axis, int before, int after, float filling) {
        if (before == 0 && after == 0) {
            return x;
        }
        int size = x.size(axis);
        int from = Math.max(0, -before);
        int to = size - Math.max(0, -after);
        if (from >= to) {
            throw new IllegalArgumentException("nothing is left of axis %s".formatted(axis));
        }
        Flow kept = x.part(axis, from, to);
        int place = x.layout().inSample(axis);
        List<Value> parts = new ArrayList<>();
        if (before > 0) {
            parts.add(filled(call, kept, axis, before, filling));
        }
        parts.add(kept.value());
        if (after > 0) {
            parts.add(filled(call, kept, axis, after, filling));
        }
        int sum = to - from + Math.max(0, before) + Math.max(0, after);
        return x.with(
                Value.concat(place, parts.toArray(Value[]::new)),
                x.layout().with(axis, Layout.Part.of(sum)));
    }

    private static Value filled(Call call, Flow x, int axis, int size, float number) {
        var shape = x.layout().with(axis, Layout.Part.of(size)).sample();
        call.context().budget().take(shape.features());
        float[] numbers = new float[shape.features()];
        Arrays.fill(numbers, number);
        return Value.constant(shape, numbers);
    }

    private static Imported copied(Flow x, String mode, int[] before, int[] after) {
        int sides = ConvolutionOperators.sides(x).length;
        if (before[0] != 0 || after[0] != 0 || before[1] != 0 || after[1] != 0) {
            throw new IllegalArgumentException("mode %s along the channels".formatted(mode));
        }
        // From the last side to the first, as the layers take them.
        int[] p = new int[2 * sides];
        for (int i = 0; i < sides; i++) {
            p[2 * i] = before[x.rank() - 1 - i];
            p[2 * i + 1] = after[x.rank() - 1 - i];
        }
        return sized(x, x.value().then(copying(mode, p)));
    }

    private static Layer copying(String mode, int... p) {
        return switch (mode + p.length / 2) {
            case "reflect1" -> new ReflectionPad1d(p[0], p[1]);
            case "reflect2" -> new ReflectionPad2d(p[0], p[1], p[2], p[3]);
            case "reflect3" -> new ReflectionPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
            case "edge1" -> new ReplicationPad1d(p[0], p[1]);
            case "edge2" -> new ReplicationPad2d(p[0], p[1], p[2], p[3]);
            case "edge3" -> new ReplicationPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
            case "wrap1" -> new CircularPad1d(p[0], p[1]);
            case "wrap2" -> new CircularPad2d(p[0], p[1], p[2], p[3]);
            case "wrap3" -> new CircularPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
            default ->
                    throw new IllegalArgumentException(
                            "mode %s; constant, reflect, edge and wrap are imported"
                                    .formatted(mode));
        };
    }

    private static Imported resize(Call call, int scalesAt) {
        Flow x = call.flow(0);
        Resampling rule = Resampling.of(call);
        double[] factors = new double[x.rank()];
        int[] outs = new int[x.rank()];
        readFactors(call, x, scalesAt, factors, outs);
        Upsample layer = upsample(call, rule, x, factors);
        if (layer != null) {
            return sized(x, x.value().then(layer));
        }
        Flow made = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            if (factors[axis] != 1) {
                made = resized(call, rule, made, axis, factors[axis], outs[axis]);
            }
        }
        return made;
    }

    /** Resizes along an axis: by copies, or by a product with the shares of each number. */
    private static Flow resized(
            Call call, Resampling rule, Flow x, int axis, double factor, int out) {
        int size = x.size(axis);
        if (out < 1) {
            throw new IllegalArgumentException(
                    "nothing is left of axis %s, %s x %s".formatted(axis, size, factor));
        }
        call.context().budget().take(rule.isNearest() ? out : (long) size * out);
        if (rule.isNearest()) {
            return x.take(axis, rule.nearest(size, out, (float) factor));
        }
        return x.product(axis, out, rule.shares(size, out, (float) factor));
    }

    /** Returns the layer that makes every side the same whole number of times longer, or null. */
    private static Upsample upsample(Call call, Resampling rule, Flow x, double[] factors) {
        int factor = (int) factors[factors.length - 1];
        double[] expected = new double[x.rank()];
        Arrays.fill(expected, factor);
        Arrays.fill(expected, 0, Math.min(2, x.rank()), 1);
        boolean sided = x.rank() == 3 || x.rank() == 4;
        if (!sided
                || !Arrays.equals(factors, expected)
                || !x.layout().axes().getFirst().isPureBatch()) {
            return null;
        }
        Upsample layer = new Upsample(factor);
        if (rule.isPlainLinear()) {
            layer.bilinear();
            return "align_corners".equals(rule.place()) ? layer.alignCorners() : layer;
        }
        boolean copies = rule.isNearest();
        for (int axis = 2; copies && axis < x.rank(); axis++) {
            int out = Math.multiplyExact(x.size(axis), factor);
            call.context().budget().take(out);
            int[] from = rule.nearest(x.size(axis), out, factor);
            copies = IntStream.range(0, out).allMatch(i -> from[i] == i / factor);
        }
        return copies ? layer : null;
    }

    /** Reads how many times longer each axis becomes, and how long. */
    private static void readFactors(Call call, Flow x, int scalesAt, double[] factors, int[] outs) {
        long[] named = call.longs("axes");
        int[] axes = new int[named == null ? x.rank() : named.length];
        Arrays.setAll(axes, i -> named == null ? i : Call.axis(named[i], x.rank()));
        Known scales = call.has(scalesAt) ? call.known(scalesAt) : null;
        float[] option = call.reals("scales");
        float[] found = scales == null ? option : scales.floats();
        boolean scaled = found.length == axes.length;
        if (!scaled && (!call.has(3) || call.known(3).count() != axes.length)) {
            throw new IllegalArgumentException("neither scales nor sizes");
        }
        String policy = call.text("keep_aspect_ratio_policy", "stretch");
        if (!scaled && !"stretch".equals(policy)) {
            throw new IllegalArgumentException("keep_aspect_ratio_policy %s".formatted(policy));
        }
        Arrays.fill(factors, 1);
        for (int i = 0; i < axes.length; i++) {
            Dim from = x.dims().get(axes[i]);
            Dim made = scaled ? from : call.known(3).dim(i);
            if (made.batch() == from.batch()) {
                factors[axes[i]] = scaled ? found[i] : (double) made.factor() / from.factor();
                outs[axes[i]] =
                        Math.toIntExact(scaled ? (long) (found[i] * from.factor()) : made.factor());
            }
        }
    }
}
