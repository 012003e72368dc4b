package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.conv.ZeroPad2d;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pools of sequences, images and volumes. */
final class PoolOperators {

    private PoolOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("AveragePool", call -> List.of(pool(call, false)));
        all.put("GlobalAveragePool", call -> List.of(global(call.flow(0), new GlobalAvgPool())));
        all.put("GlobalMaxPool", call -> List.of(global(call.flow(0), new GlobalMaxPool())));
        all.put("MaxPool", call -> List.of(pool(call, true)));
    }

    static Flow global(Flow x, Layer layer) {
        List<Layout.Part> parts = new ArrayList<>();
        ConvolutionOperators.sides(x);
        parts.add(Layout.BATCH);
        parts.add(x.layout().axes().get(1));
        for (int axis = 2; axis < x.rank(); axis++) {
            parts.add(Layout.Part.of(1));
        }
        return x.with(x.value().then(layer), new Layout(parts));
    }

    private static Imported pool(Call call, boolean largest) {
        Flow x = call.flow(0);
        int[] sizes = ConvolutionOperators.sides(x);
        int[] kernel = call.ints("kernel_shape", sizes.length, 1);
        WindowSides window = WindowSides.of(call, kernel, sizes);
        boolean counts = !largest && call.number("count_include_pad", 0) != 0;
        if (!largest && window.isDilated()) {
            throw new IllegalArgumentException("an average with dilations");
        }
        if (call.number("storage_order", 0) != 0) {
            throw new IllegalArgumentException("storage_order is not 0");
        }
        boolean even = Arrays.equals(window.before(), window.after());
        if (counts && !even) {
            return padded(x, window);
        }
        return sameEnds(x, sizes, window, largest, counts);
    }

    /** Padding that counts, and differs at both ends, stands in front as zeros. */
    private static Imported padded(Flow x, WindowSides w) {
        if (w.round()) {
            throw new IllegalArgumentException(
                    "padding that counts and differs at both ends, rounded up");
        }
        int[] none = new int[w.sides()];
        int last = w.sides() - 1;
        Layer zeros =
                switch (last) {
                    case 0 -> new ZeroPad1d(w.before()[0], w.after()[0]);
                    case 1 ->
                            new ZeroPad2d(w.before()[1], w.after()[1], w.before()[0], w.after()[0]);
                    default -> ConvolutionOperators.zeros(w);
                };
        WindowSides bare = new WindowSides(w.kernel(), w.stride(), w.dilation(), none, none, false);
        return behind(x, zeros, layer(bare, false, true));
    }

    /**
     * Padding that does not count is no more than which windows there are: the same padding at both
     * ends, with outputs rounded down or up, makes these and perhaps some more, which are cut off.
     */
    private static Imported sameEnds(
            Flow x, int[] sizes, WindowSides w, boolean largest, boolean counts) {
        for (boolean up : new boolean[] {false, true}) {
            int[] pads = new int[sizes.length];
            boolean found = true;
            for (int i = 0; i < sizes.length; i++) {
                pads[i] = padding(w, i, sizes[i], up);
                found &= pads[i] >= 0;
            }
            if (found) {
                return cut(x, sizes, w, pads, layer(w.padded(pads, up), largest, counts));
            }
        }
        throw new IllegalArgumentException(
                "pads %s and %s"
                        .formatted(Arrays.toString(w.before()), Arrays.toString(w.after())));
    }

    /** Returns a padding at both ends of a side that makes all its windows, or -1. */
    private static int padding(WindowSides w, int side, int size, boolean up) {
        long wanted = w.out(side, size);
        int before = w.before()[side];
        int most = Math.max(before, w.kernel()[side] / 2);
        for (int pad = before; pad <= most; pad += w.stride()[side]) {
            int[] pads = w.before().clone();
            pads[side] = pad;
            long skipped = (pad - before) / w.stride()[side];
            if (wanted > 0 && w.padded(pads, up).out(side, size) - skipped >= wanted) {
                return pad;
            }
        }
        return -1;
    }

    private static Flow cut(Flow x, int[] sizes, WindowSides w, int[] pads, Layer layer) {
        Flow made = behind(x, layer);
        for (int i = 0; i < sizes.length; i++) {
            int skipped = (pads[i] - w.before()[i]) / w.stride()[i];
            int out = (int) w.out(i, sizes[i]);
            made = made.part(i + 2, skipped, skipped + out);
        }
        return made;
    }

    private static Flow behind(Flow x, Layer... layers) {
        var made = x.value().then(layers);
        List<Layout.Part> parts = new ArrayList<>();
        parts.add(Layout.BATCH);
        made.shape().toList().forEach(size -> parts.add(Layout.Part.of(size)));
        return x.with(made, new Layout(parts));
    }

    private static Layer layer(WindowSides w, boolean largest, boolean counts) {
        if (w.sides() == 1) {
            return largest ? max1d(w) : average1d(w, counts);
        }
        if (w.sides() == 2) {
            return largest ? max2d(w) : average2d(w, counts);
        }
        return largest ? max3d(w) : average3d(w, counts);
    }

    private static Layer max1d(WindowSides w) {
        MaxPool1d made =
                new MaxPool1d(w.kernel()[0])
                        .stride(w.stride()[0])
                        .padding(w.before()[0])
                        .dilation(w.dilation()[0]);
        return w.round() ? made.ceilMode() : made;
    }

    private static Layer max2d(WindowSides w) {
        MaxPool2d made =
                new MaxPool2d(w.kernel()[0], w.kernel()[1])
                        .stride(w.stride()[0], w.stride()[1])
                        .padding(w.before()[0], w.before()[1])
                        .dilation(w.dilation()[0], w.dilation()[1]);
        return w.round() ? made.ceilMode() : made;
    }

    private static Layer average1d(WindowSides w, boolean counts) {
        AvgPool1d made =
                new AvgPool1d(w.kernel()[0])
                        .stride(w.stride()[0])
                        .padding(w.before()[0])
                        .countIncludePad(counts);
        return w.round() ? made.ceilMode() : made;
    }

    private static Layer average2d(WindowSides w, boolean counts) {
        AvgPool2d made =
                new AvgPool2d(w.kernel()[0], w.kernel()[1])
                        .stride(w.stride()[0], w.stride()[1])
                        .padding(w.before()[0], w.before()[1])
                        .countIncludePad(counts);
        return w.round() ? made.ceilMode() : made;
    }

    private static Layer max3d(WindowSides w) {
        MaxPool3d made =
                new MaxPool3d(w.kernel()[0], w.kernel()[1], w.kernel()[2])
                        .stride(w.stride()[0], w.stride()[1], w.stride()[2])
                        .padding(w.before()[0], w.before()[1], w.before()[2])
                        .dilation(w.dilation()[0], w.dilation()[1], w.dilation()[2]);
        return w.round() ? made.ceilMode() : made;
    }

    private static Layer average3d(WindowSides w, boolean counts) {
        AvgPool3d made =
                new AvgPool3d(w.kernel()[0], w.kernel()[1], w.kernel()[2])
                        .stride(w.stride()[0], w.stride()[1], w.stride()[2])
                        .padding(w.before()[0], w.before()[1], w.before()[2])
                        .countIncludePad(counts);
        return w.round() ? made.ceilMode() : made;
    }
}
