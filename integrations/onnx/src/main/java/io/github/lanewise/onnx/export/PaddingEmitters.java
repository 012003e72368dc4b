package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.PaddingLayer;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;

/** Layers that pad; negative numbers crop, after what is padded is made of the whole. */
final class PaddingEmitters {

    private PaddingEmitters() {}

    static void add(Emitters all) {
        all.with(ZeroPad1d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ZeroPad2d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ZeroPad3d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ConstantPad1d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ConstantPad2d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ConstantPad3d.class, (g, layer, x) -> padded(g, "constant", layer, x))
                .with(ReflectionPad3d.class, (g, layer, x) -> padded(g, "reflect", layer, x))
                .with(ReplicationPad3d.class, (g, layer, x) -> padded(g, "edge", layer, x))
                .with(CircularPad3d.class, PaddingEmitters::circular)
                .with(ReflectionPad1d.class, (g, layer, x) -> padded(g, "reflect", layer, x))
                .with(ReflectionPad2d.class, (g, layer, x) -> padded(g, "reflect", layer, x))
                .with(ReplicationPad1d.class, (g, layer, x) -> padded(g, "edge", layer, x))
                .with(ReplicationPad2d.class, (g, layer, x) -> padded(g, "edge", layer, x))
                .with(CircularPad1d.class, PaddingEmitters::circular)
                .with(CircularPad2d.class, PaddingEmitters::circular);
    }

    /** Returns what is added before and behind each side, the first side of images first. */
    private static int[][] sides(PaddingLayer layer) {
        int[] p = LayerSettings.of(layer).numbers("padding");
        // Left, right, top, bottom, front, back.
        int[][] sides = new int[p.length / 2][];
        for (int side = 0; side < sides.length; side++) {
            int at = p.length - 2 * side - 2;
            sides[side] = new int[] {p[at], p[at + 1]};
        }
        return sides;
    }

    private static Wire padded(GraphBuilder g, String mode, PaddingLayer layer, Wire x) {
        int[][] sides = sides(layer);
        int rank = x.rank();
        long[] pads = new long[2 * rank];
        boolean none = true;
        for (int side = 0; side < sides.length; side++) {
            pads[side + 2] = Math.max(0, sides[side][0]);
            pads[rank + side + 2] = Math.max(0, sides[side][1]);
            none &= pads[side + 2] == 0 && pads[rank + side + 2] == 0;
        }
        LayerSettings settings = LayerSettings.of(layer);
        List<String> inputs = new ArrayList<>(List.of(x.name(), g.longs(pads)));
        if (settings.has("value") && settings.real("value") != 0) {
            inputs.add(g.scalar(settings.real("value")));
        }
        String made = none ? x.name() : g.call("Pad", inputs, OnnxAttribute.of("mode", mode));
        return cropped(g, layer, x, made);
    }

    private static Wire cropped(GraphBuilder g, PaddingLayer layer, Wire x, String padded) {
        String made = padded;
        int[][] sides = sides(layer);
        for (int side = 0; side < sides.length; side++) {
            int before = Math.max(0, -sides[side][0]);
            int behind = Math.max(0, -sides[side][1]);
            if (before + behind > 0) {
                long end = behind == 0 ? Integer.MAX_VALUE : -behind;
                made = g.slice(made, side + 2, before, end, 1);
            }
        }
        return new Wire(made, layer.outputShape(x.shape()));
    }

    /** The end of a side stands before it, its beginning behind it. */
    private static Wire circular(GraphBuilder g, PaddingLayer layer, Wire x) {
        int[][] sides = sides(layer);
        String made = x.name();
        for (int side = 0; side < sides.length; side++) {
            int axis = side + 2;
            int size = x.shape().dimension(side + 1);
            List<String> parts = new ArrayList<>();
            if (sides[side][0] > 0) {
                parts.add(g.slice(made, axis, size - sides[side][0], size, 1));
            }
            parts.add(made);
            if (sides[side][1] > 0) {
                parts.add(g.slice(made, axis, 0, sides[side][1], 1));
            }
            if (parts.size() > 1) {
                made = g.call("Concat", parts, OnnxAttribute.of("axis", axis));
            }
        }
        return cropped(g, layer, x, made);
    }
}
