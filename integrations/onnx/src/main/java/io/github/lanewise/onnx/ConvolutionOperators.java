package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Convolutions and transposed convolutions of sequences, images and volumes. */
final class ConvolutionOperators {

    private ConvolutionOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("Conv", call -> List.of(convolution(call)));
        all.put("ConvTranspose", call -> List.of(transposed(call)));
    }

    /** Returns the sizes behind the channels, after checking that batch and channels lead. */
    static int[] sides(Flow x) {
        int rank = x.rank();
        if (rank < 3 || rank > 5 || !x.layout().axes().getFirst().isPureBatch()) {
            throw new IllegalArgumentException(
                    "input is %s; batch x channels x sides, one to three of them, is imported"
                            .formatted(Imported.text(x.dims())));
        }
        return IntStream.range(2, rank).map(x::size).toArray();
    }

    private static int[] kernel(Known weight, Flow x) {
        if (weight.rank() != x.rank()) {
            throw new IllegalArgumentException(
                    "a weight of %s for an input of %s"
                            .formatted(Imported.text(weight.dims()), Imported.text(x.dims())));
        }
        return Arrays.copyOfRange(weight.sizes(), 2, weight.rank());
    }

    private static void fill(Layer layer, Known weight, Known bias) {
        Map<String, Param> parameters = layer.parameters();
        Importing.set(parameters.get("weight"), weight.floats());
        if (bias != null) {
            Importing.set(parameters.get("bias"), bias.floats());
        }
    }

    private static List<Known> arrays(Known weight, Known bias) {
        List<Known> arrays = new ArrayList<>();
        arrays.add(weight);
        arrays.add(bias);
        return arrays;
    }

    private static Flow behind(Flow x, Value made) {
        List<Layout.Part> parts = new ArrayList<>();
        parts.add(Layout.BATCH);
        made.shape().toList().forEach(size -> parts.add(Layout.Part.of(size)));
        return x.with(made, new Layout(parts));
    }

    private static Imported convolution(Call call) {
        Flow x = call.flow(0);
        Known weight = call.known(1);
        Known bias = call.has(2) ? call.known(2) : null;
        int[] sizes = sides(x);
        WindowSides given = WindowSides.of(call, kernel(weight, x), sizes);
        // The padding of volumes is the same at both ends, so another one stands in front.
        boolean uneven = sizes.length == 3 && !Arrays.equals(given.before(), given.after());
        WindowSides window = uneven ? given.padded(new int[3], false) : given;
        int groups = call.integer("group", 1);
        List<Object> options =
                List.of(
                        "convolution",
                        groups,
                        Arrays.toString(window.stride()),
                        Arrays.toString(window.dilation()),
                        Arrays.toString(window.before()),
                        Arrays.toString(window.after()));
        Layer layer =
                call.context()
                        .layer(
                                Layer.class,
                                options,
                                arrays(weight, bias),
                                () -> make(window, weight, bias, groups));
        return behind(x, (uneven ? x.value().then(zeros(given)) : x.value()).then(layer));
    }

    /** Returns a layer that pads volumes. */
    static ZeroPad3d zeros(WindowSides w) {
        int[] before = w.before();
        int[] after = w.after();
        return new ZeroPad3d(before[2], after[2], before[1], after[1], before[0], after[0]);
    }

    private static Layer make(WindowSides w, Known weight, Known bias, int groups) {
        int out = weight.sizes()[0];
        int in = Math.multiplyExact(weight.sizes()[1], groups);
        Layer layer;
        if (w.sides() == 1) {
            Conv1d made =
                    new Conv1d(in, out, w.kernel()[0])
                            .stride(w.stride()[0])
                            .padding(w.before()[0], w.after()[0])
                            .dilation(w.dilation()[0])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        } else if (w.sides() == 3) {
            int[] k = w.kernel();
            Conv3d made =
                    new Conv3d(in, out, k[0], k[1], k[2])
                            .stride(w.stride()[0], w.stride()[1], w.stride()[2])
                            .dilation(w.dilation()[0], w.dilation()[1], w.dilation()[2])
                            .padding(w.before()[0], w.before()[1], w.before()[2])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        } else {
            Conv2d made =
                    new Conv2d(in, out, w.kernel()[0], w.kernel()[1])
                            .stride(w.stride()[0], w.stride()[1])
                            .dilation(w.dilation()[0], w.dilation()[1])
                            .padding(w.before()[0], w.after()[0], w.before()[1], w.after()[1])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        }
        fill(layer, weight, bias);
        return layer;
    }

    /** Padding cuts off; what differs between both ends is cut off by a slice afterwards. */
    private static Imported transposed(Call call) {
        Flow x = call.flow(0);
        Known weight = call.known(1);
        Known bias = call.has(2) ? call.known(2) : null;
        int[] sizes = sides(x);
        int[] kernel = kernel(weight, x);
        int n = kernel.length;
        WindowSides given = WindowSides.of(call, kernel, sizes);
        int[] more = call.ints("output_padding", n, 0);
        int[] begin = given.before();
        int[] end = given.after();
        cutTo(call, given, sizes, more, begin, end);
        int[] both = new int[n];
        for (int i = 0; i < n; i++) {
            both[i] = Math.min(begin[i], end[i]);
        }
        int groups = call.integer("group", 1);
        List<Object> options =
                List.of(
                        "transposed",
                        groups,
                        Arrays.toString(given.stride()),
                        Arrays.toString(given.dilation()),
                        Arrays.toString(both),
                        Arrays.toString(more));
        Layer layer =
                call.context()
                        .layer(
                                Layer.class,
                                options,
                                arrays(weight, bias),
                                () -> makeTransposed(given, both, more, weight, bias, groups));
        Flow made = behind(x, x.value().then(layer));
        for (int i = 0; i < n; i++) {
            int size = made.size(i + 2);
            int from = begin[i] - both[i];
            int to = size - (end[i] - both[i]);
            made = made.part(i + 2, from, to);
        }
        return made;
    }

    /** Finds the padding that makes outputs as large as they are said to be. */
    private static void cutTo(
            Call call, WindowSides w, int[] sizes, int[] more, int[] begin, int[] end) {
        String auto = call.text("auto_pad", "NOTSET");
        long[] wanted = call.longs("output_shape");
        if (wanted == null && !auto.startsWith("SAME")) {
            return;
        }
        for (int i = 0; i < begin.length; i++) {
            long span = w.dilation()[i] * (w.kernel()[i] - 1L) + 1;
            long size =
                    wanted != null
                            ? wanted[wanted.length - begin.length + i]
                            : (long) sizes[i] * w.stride()[i];
            long cut = w.stride()[i] * (sizes[i] - 1L) + more[i] + span - size;
            if (cut < 0) {
                more[i] = Math.toIntExact(more[i] - cut);
                cut = 0;
            }
            int half = Math.toIntExact(cut / 2);
            int rest = Math.toIntExact(cut - half);
            boolean upper = auto.equals("SAME_UPPER");
            begin[i] = upper ? half : rest;
            end[i] = upper ? rest : half;
        }
    }

    private static Layer makeTransposed(
            WindowSides w, int[] padding, int[] more, Known weight, Known bias, int groups) {
        int in = weight.sizes()[0];
        int out = Math.multiplyExact(weight.sizes()[1], groups);
        Layer layer;
        if (w.sides() == 1) {
            ConvTranspose1d made =
                    new ConvTranspose1d(in, out, w.kernel()[0])
                            .stride(w.stride()[0])
                            .padding(padding[0])
                            .dilation(w.dilation()[0])
                            .outputPadding(more[0])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        } else if (w.sides() == 3) {
            int[] k = w.kernel();
            ConvTranspose3d made =
                    new ConvTranspose3d(in, out, k[0], k[1], k[2])
                            .stride(w.stride()[0], w.stride()[1], w.stride()[2])
                            .padding(padding[0], padding[1], padding[2])
                            .dilation(w.dilation()[0], w.dilation()[1], w.dilation()[2])
                            .outputPadding(more[0], more[1], more[2])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        } else {
            ConvTranspose2d made =
                    new ConvTranspose2d(in, out, w.kernel()[0], w.kernel()[1])
                            .stride(w.stride()[0], w.stride()[1])
                            .padding(padding[0], padding[1])
                            .dilation(w.dilation()[0], w.dilation()[1])
                            .outputPadding(more[0], more[1])
                            .groups(groups);
            layer = bias == null ? made.withoutBias() : made;
        }
        fill(layer, weight, bias);
        return layer;
    }
}
