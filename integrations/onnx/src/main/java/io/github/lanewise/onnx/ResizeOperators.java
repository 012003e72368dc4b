package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Padding and enlarging. */
final class ResizeOperators {

    /** The version in which Resize says where a number lies. */
    private static final int PLACES = 11;

    private ResizeOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("DepthToSpace", call -> List.of(depthToSpace(call)));
        all.put("Pad", call -> List.of(pad(call)));
        all.put("Resize", call -> List.of(resize(call, call.opset() < PLACES ? 1 : 2)));
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
            throw new IllegalArgumentException("nothing is left of axis %d".formatted(axis));
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
        ConvolutionOperators.sides(x);
        int last = x.rank() - 1;
        boolean images = last == 3;
        int top = images ? before[2] : 0;
        int bottom = images ? after[2] : 0;
        if (before[0] != 0 || after[0] != 0 || before[1] != 0 || after[1] != 0) {
            throw new IllegalArgumentException("mode %s along the channels".formatted(mode));
        }
        Layer layer =
                switch (mode) {
                    case "reflect" ->
                            images
                                    ? new ReflectionPad2d(before[3], after[3], top, bottom)
                                    : new ReflectionPad1d(before[2], after[2]);
                    case "edge" ->
                            images
                                    ? new ReplicationPad2d(before[3], after[3], top, bottom)
                                    : new ReplicationPad1d(before[2], after[2]);
                    default -> throw new IllegalArgumentException("mode %s".formatted(mode));
                };
        return sized(x, x.value().then(layer));
    }

    private static Imported resize(Call call, int scalesAt) {
        Flow x = call.flow(0);
        int sides = ConvolutionOperators.sides(x).length;
        double[] factors = factors(call, x, scalesAt);
        double factor = factors[2];
        double[] expected = new double[x.rank()];
        Arrays.fill(expected, 1);
        Arrays.fill(expected, 2, 2 + sides, factor);
        if (factor < 1 || factor != Math.rint(factor) || !Arrays.equals(factors, expected)) {
            throw new IllegalArgumentException(
                    "factors %s; a whole one, the same for all sides and 1 for batch and channels, is imported"
                            .formatted(Arrays.toString(factors)));
        }
        return sized(x, x.value().then(upsample(call, x, (int) factor)));
    }

    /** Returns how many times longer each axis becomes. */
    private static double[] factors(Call call, Flow x, int scalesAt) {
        long[] named = call.longs("axes");
        int[] axes = new int[named == null ? x.rank() : named.length];
        Arrays.setAll(axes, i -> named == null ? i : Call.axis(named[i], x.rank()));
        double[] found = new double[axes.length];
        Known scales = call.has(scalesAt) ? call.known(scalesAt) : null;
        float[] option = call.reals("scales");
        if (scales != null && scales.count() == found.length) {
            Arrays.setAll(found, scales::number);
        } else if (option.length == found.length) {
            Arrays.setAll(found, i -> option[i]);
        } else if (call.has(3) && call.known(3).count() == found.length) {
            String policy = call.text("keep_aspect_ratio_policy", "stretch");
            if (!"stretch".equals(policy)) {
                throw new IllegalArgumentException("keep_aspect_ratio_policy %s".formatted(policy));
            }
            Arrays.setAll(found, i -> ratio(call.known(3).dim(i), x.dims().get(axes[i])));
        } else {
            throw new IllegalArgumentException("neither scales nor sizes");
        }
        double[] all = new double[x.rank()];
        Arrays.fill(all, 1);
        for (int i = 0; i < axes.length; i++) {
            all[axes[i]] = found[i];
        }
        return all;
    }

    private static double ratio(Dim made, Dim from) {
        return made.batch() == from.batch() ? (double) made.factor() / from.factor() : 1;
    }

    private static Upsample upsample(Call call, Flow x, int factor) {
        boolean old = call.opset() < PLACES;
        String mode = call.text("mode", "nearest");
        String place =
                call.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        String rule = call.text("nearest_mode", old ? "floor" : "round_prefer_floor");
        Upsample layer = new Upsample(factor);
        if ("linear".equals(mode)) {
            layer.bilinear();
            return switch (place) {
                case "align_corners" -> layer.alignCorners();
                case "half_pixel", "pytorch_half_pixel" -> layer;
                default ->
                        throw new IllegalArgumentException(
                                "coordinate_transformation_mode %s".formatted(place));
            };
        }
        if (!"nearest".equals(mode)) {
            throw new IllegalArgumentException("mode %s".formatted(mode));
        }
        for (int size : ConvolutionOperators.sides(x)) {
            int made = Math.multiplyExact(size, factor);
            call.context().budget().take(made);
            for (int i = 0; i < made; i++) {
                if (nearest(i, size, factor, place, rule) != i / factor) {
                    throw new IllegalArgumentException(
                            "coordinate_transformation_mode %s with nearest_mode %s and a factor of %d; each number copied %d times side by side is imported"
                                    .formatted(place, rule, factor, factor));
                }
            }
        }
        return layer;
    }

    /** Returns the element that an element of the output is taken from, as ONNX's formulas say. */
    private static int nearest(int i, int size, int factor, String place, String rule) {
        double at =
                switch (place) {
                    case "asymmetric" -> (double) i / factor;
                    case "align_corners" ->
                            (double) i * (size - 1) / Math.max(1, size * factor - 1);
                    case "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric" ->
                            (i + 0.5) / factor - 0.5;
                    default ->
                            throw new IllegalArgumentException(
                                    "coordinate_transformation_mode %s".formatted(place));
                };
        double found =
                switch (rule) {
                    case "floor" -> Math.floor(at);
                    case "ceil" -> Math.ceil(at);
                    case "round_prefer_floor" -> Math.ceil(at - 0.5);
                    case "round_prefer_ceil" -> Math.floor(at + 0.5);
                    default ->
                            throw new IllegalArgumentException("nearest_mode %s".formatted(rule));
                };
        return (int) Math.clamp(found, 0, size - 1);
    }
}
