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

    private ResizeOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("DepthToSpace", call -> List.of(depthToSpace(call)));
        all.put("Pad", call -> List.of(pad(call)));
        all.put("Resize", call -> List.of(resize(call, call.has(2) ? call.known(2) : null)));
        all.put("Upsample", call -> List.of(resize(call, call.has(1) ? call.known(1) : null)));
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

    private static Imported resize(Call call, Known scales) {
        Flow x = call.flow(0);
        int[] sizes = ConvolutionOperators.sides(x);
        int factor = 0;
        for (int i = 0; i < sizes.length; i++) {
            double found;
            if (scales != null && scales.count() == x.rank()) {
                found = scales.number(i + 2);
            } else if (call.has(3)) {
                found = (double) call.known(3).dim(i + 2).factor() / sizes[i];
            } else {
                throw new IllegalArgumentException("neither scales nor sizes");
            }
            boolean whole = found >= 1 && found == Math.rint(found);
            if (!whole || i > 0 && found != factor) {
                throw new IllegalArgumentException(
                        "a factor of %s; whole ones, the same for all sides, are imported"
                                .formatted(found));
            }
            factor = (int) found;
        }
        return sized(x, x.value().then(upsample(call, factor)));
    }

    private static Upsample upsample(Call call, int factor) {
        String mode = call.text("mode", "nearest");
        String place = call.text("coordinate_transformation_mode", "half_pixel");
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
        return layer; // by a whole factor every rule of rounding that exporters use is the same
    }
}
