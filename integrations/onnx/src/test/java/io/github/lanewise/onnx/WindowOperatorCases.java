package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.graph;
import static io.github.lanewise.onnx.OperatorTest.ints;
import static io.github.lanewise.onnx.OperatorTest.is;
import static io.github.lanewise.onnx.OperatorTest.of;

import org.junit.jupiter.params.provider.Arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Convolutions, pools and what resizes images. */
final class WindowOperatorCases {

    private WindowOperatorCases() {}

    static Stream<Arguments> windows() {
        List<Arguments> all = new ArrayList<>();
        for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            for (long stride : new long[] {1, 2, 3}) {
                String name = auto + " " + stride;
                OnnxAttribute pad = is("auto_pad", auto);
                OnnxAttribute step = ints("strides", stride, stride);
                OnnxAttribute shape = ints("kernel_shape", 3, 2);
                all.add(
                        of(
                                "Conv " + name,
                                graph(2, 7, 8)
                                        .weight("w", 3, 2, 3, 2)
                                        .node("Conv", "x w", "y", pad, step)));
                all.add(
                        of(
                                "MaxPool " + name,
                                graph(2, 7, 8).node("MaxPool", "x", "y", pad, step, shape)));
                all.add(
                        of(
                                "AveragePool " + name,
                                graph(2, 7, 8).node("AveragePool", "x", "y", pad, step, shape)));
            }
        }
        all.add(
                of(
                        "Conv uneven",
                        graph(4, 7, 8)
                                .weight("w", 6, 2, 3, 2)
                                .weight("b", 6)
                                .node(
                                        "Conv",
                                        "x w b",
                                        "y",
                                        is("group", 2),
                                        ints("pads", 1, 0, 2, 3),
                                        ints("dilations", 2, 1),
                                        ints("strides", 1, 2))));
        all.add(
                of(
                        "Conv 1d",
                        graph(2, 9)
                                .weight("w", 3, 2, 4)
                                .node("Conv", "x w", "y", is("auto_pad", "SAME_LOWER"))));
        all.add(
                of(
                        "AveragePool counts",
                        graph(2, 7, 8)
                                .node(
                                        "AveragePool",
                                        "x",
                                        "y",
                                        ints("kernel_shape", 3, 3),
                                        ints("pads", 1, 0, 0, 1),
                                        is("count_include_pad", 1))));
        all.add(
                of(
                        "AveragePool even",
                        graph(2, 9)
                                .node(
                                        "AveragePool",
                                        "x",
                                        "y",
                                        ints("kernel_shape", 3),
                                        ints("pads", 1, 1),
                                        ints("strides", 2),
                                        is("count_include_pad", 1))));
        all.add(
                of(
                        "MaxPool ceil",
                        graph(2, 7, 8)
                                .node(
                                        "MaxPool",
                                        "x",
                                        "y",
                                        ints("kernel_shape", 2, 3),
                                        ints("strides", 2, 2),
                                        is("ceil_mode", 1))));
        all.add(of("GlobalAveragePool", graph(2, 3, 4).node("GlobalAveragePool", "x", "y")));
        all.add(of("GlobalMaxPool", graph(2, 5).node("GlobalMaxPool", "x", "y")));
        all.addAll(transposed());
        all.addAll(volumes());
        return all.stream();
    }

    private static List<Arguments> volumes() {
        OnnxAttribute pads = ints("pads", 1, 0, 2, 0, 1, 2);
        OnnxAttribute steps = ints("strides", 1, 2, 3);
        OnnxAttribute shape = ints("kernel_shape", 3, 2, 4);
        return List.of(
                of(
                        "Conv of volumes, uneven",
                        graph(4, 3, 7, 8)
                                .weight("w", 6, 2, 3, 2, 4)
                                .weight("b", 6)
                                .node("Conv", "x w b", "y", is("group", 2), pads, steps)),
                of(
                        "Conv of volumes, SAME_UPPER",
                        graph(2, 3, 7, 8)
                                .weight("w", 3, 2, 2, 3, 2)
                                .node("Conv", "x w", "y", is("auto_pad", "SAME_UPPER"), steps)),
                of(
                        "ConvTranspose of volumes",
                        graph(4, 3, 4, 5)
                                .weight("w", 4, 3, 3, 2, 4)
                                .weight("b", 3)
                                .node("ConvTranspose", "x w b", "y", pads, steps)),
                of("MaxPool of volumes", graph(2, 4, 5, 6).node("MaxPool", "x", "y", shape, pads)),
                of(
                        "AveragePool of volumes",
                        graph(2, 4, 5, 6)
                                .node(
                                        "AveragePool",
                                        "x",
                                        "y",
                                        shape,
                                        pads,
                                        is("count_include_pad", 1))),
                of(
                        "GlobalAveragePool of volumes",
                        graph(2, 3, 4, 5).node("GlobalAveragePool", "x", "y")));
    }

    private static List<Arguments> transposed() {
        List<Arguments> all = new ArrayList<>();
        List<List<OnnxAttribute>> options =
                List.of(
                        List.of(),
                        List.of(ints("strides", 2, 3), ints("pads", 1, 0, 0, 2)),
                        List.of(ints("strides", 2, 2), is("auto_pad", "SAME_UPPER")),
                        List.of(ints("strides", 2, 2), is("auto_pad", "SAME_LOWER")),
                        List.of(ints("strides", 2, 2), ints("output_shape", 9, 10)),
                        List.of(
                                ints("strides", 3, 2),
                                ints("output_padding", 2, 1),
                                ints("pads", 1, 1, 1, 1)));
        for (List<OnnxAttribute> option : options) {
            SmallGraph graph = graph(4, 5, 4).weight("w", 4, 3, 3, 4).weight("b", 3);
            all.add(
                    of(
                            "ConvTranspose " + option,
                            graph.node(
                                    "ConvTranspose",
                                    "x w b",
                                    "y",
                                    option.toArray(OnnxAttribute[]::new))));
        }
        return all;
    }

    static Stream<Arguments> resizing() {
        List<Arguments> all = new ArrayList<>();
        for (String mode : List.of("constant", "reflect", "edge", "wrap")) {
            all.add(
                    of(
                            "Pad " + mode,
                            images(19, 2, 5, 6)
                                    .longs("p", 0, 0, 1, 2, 0, 0, 3, 0)
                                    .node("Pad", "x p", "y", is("mode", mode))));
        }
        all.add(
                of(
                        "Pad number",
                        graph(2, 5)
                                .longs("p", 0, 1, -1, 0, 0, 2)
                                .scalar("c", 0.7f)
                                .node("Pad", "x p c", "y")));
        all.addAll(rulesOfResize());
        all.add(
                of(
                        "Resize axes",
                        images(18, 2, 5, 6)
                                .array(OnnxTensor.of("f", new float[] {3, 3}, 2))
                                .node("Resize", "x . f", "y", ints("axes", -1, 2))));
        all.add(
                of(
                        "Resize sizes",
                        images(18, 2, 5, 6)
                                .longs("s", 10, 12)
                                .node("Resize", "x . . s", "y", ints("axes", 2, 3))));
        all.add(
                of(
                        "Resize 10",
                        images(10, 2, 5, 6)
                                .array(OnnxTensor.of("f", new float[] {1, 1, 3, 3}, 4))
                                .node("Resize", "x f", "y")));
        all.add(
                of(
                        "Upsample 9",
                        images(9, 2, 5)
                                .array(OnnxTensor.of("f", new float[] {1, 1, 3}, 3))
                                .node("Upsample", "x f", "y")));
        all.add(
                of(
                        "Upsample 7",
                        images(7, 2, 5, 6)
                                .node(
                                        "Upsample",
                                        "x",
                                        "y",
                                        new OnnxAttribute("scales", List.of(1f, 1f, 2f, 2f)))));
        all.add(
                of(
                        "DepthToSpace",
                        graph(8, 3, 2)
                                .node(
                                        "DepthToSpace",
                                        "x",
                                        "y",
                                        is("blocksize", 2),
                                        is("mode", "CRD"))));
        return all.stream();
    }

    /** Each rule with whole factors, others, and both made smaller and larger. */
    private static List<Arguments> rulesOfResize() {
        List<Arguments> all = new ArrayList<>();
        float[][] factors = {{2, 2}, {3, 3}, {2, 3}, {1.6f, 0.5f}, {0.75f, 7 / 6f}, {0.2f, 1}};
        List<String> rules =
                List.of(
                        "floor",
                        "ceil",
                        "round_prefer_floor",
                        "round_prefer_ceil",
                        "linear",
                        "cubic");
        for (String rule : rules) {
            for (String place :
                    List.of(
                            "half_pixel",
                            "half_pixel_symmetric",
                            "pytorch_half_pixel",
                            "asymmetric",
                            "align_corners")) {
                for (float[] factor : factors) {
                    boolean weighed = rule.equals("linear") || rule.equals("cubic");
                    float[] scales = {1, 1, factor[0], factor[1]};
                    all.add(
                            of(
                                    "Resize %s %s %s"
                                            .formatted(rule, place, Arrays.toString(factor)),
                                    images(19, 2, 5, 6)
                                            .array(OnnxTensor.of("f", scales, 4))
                                            .node(
                                                    "Resize",
                                                    "x . f",
                                                    "y",
                                                    is("mode", weighed ? rule : "nearest"),
                                                    is("nearest_mode", weighed ? "floor" : rule),
                                                    is("coordinate_transformation_mode", place))));
                }
            }
        }
        for (String mode : List.of("nearest", "linear", "cubic")) {
            all.add(
                    of(
                            "Resize to sizes " + mode,
                            images(18, 2, 5, 6)
                                    .longs("s", 7, 4)
                                    .node(
                                            "Resize",
                                            "x . . s",
                                            "y",
                                            is("mode", mode),
                                            ints("axes", 2, 3))));
        }
        all.add(
                of(
                        "Resize channels",
                        graph(2, 5, 6)
                                .array(OnnxTensor.of("f", new float[] {1, 2, 0.5f, 1}, 4))
                                .node("Resize", "x . f", "y")));
        return all;
    }

    private static SmallGraph images(int opset, long... sizes) {
        return new SmallGraph(opset).input("x", sizes).output("y");
    }
}
