package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One operator after another, with the options that exporters write, against ONNX Runtime. */
class OperatorTest {

    private static final int OPSET = 17;

    @TempDir Path folder;

    private static OnnxAttribute ints(String name, long... numbers) {
        return OnnxAttribute.ofLongs(name, numbers);
    }

    private static OnnxAttribute is(String name, long number) {
        return OnnxAttribute.of(name, number);
    }

    private static OnnxAttribute is(String name, String text) {
        return OnnxAttribute.of(name, text);
    }

    private static OnnxAttribute is(String name, float number) {
        return OnnxAttribute.of(name, number);
    }

    private static SmallGraph graph(long... input) {
        return new SmallGraph(OPSET).input("x", input).output("y");
    }

    private static Arguments of(String name, SmallGraph graph) {
        return Arguments.of(name, graph);
    }

    static Stream<Arguments> activations() {
        List<Arguments> all = new ArrayList<>();
        for (String name :
                List.of(
                        "Relu",
                        "Sigmoid",
                        "Tanh",
                        "Softplus",
                        "Softsign",
                        "HardSwish",
                        "Elu",
                        "Selu",
                        "LeakyRelu",
                        "HardSigmoid",
                        "Celu",
                        "Erf",
                        "Exp",
                        "Abs",
                        "Neg",
                        "Sin",
                        "Cos",
                        "Identity",
                        "Softmax",
                        "LogSoftmax",
                        "Reciprocal")) {
            all.add(of(name, graph(3, 4).node(name, "x", "y")));
        }
        all.add(of("Elu", graph(5).node("Elu", "x", "y", is("alpha", 0.3f))));
        all.add(of("Celu", graph(5).node("Celu", "x", "y", is("alpha", 0.3f))));
        all.add(of("Selu", graph(5).node("Selu", "x", "y", is("alpha", 0.3f), is("gamma", 2f))));
        all.add(
                of(
                        "HardSigmoid",
                        graph(5).node(
                                        "HardSigmoid",
                                        "x",
                                        "y",
                                        is("alpha", 1 / 6f),
                                        is("beta", 0.5f))));
        all.add(of("Softmax 1", graph(3, 4).node("Softmax", "x", "y", is("axis", 1))));
        all.add(
                of(
                        "Softmax 11",
                        new SmallGraph(11).input("x", 3, 4).output("y").node("Softmax", "x", "y")));
        all.add(of("LogSoftmax 1", graph(3, 4, 2).node("LogSoftmax", "x", "y", is("axis", 2))));
        all.add(
                of(
                        "Clip",
                        graph(5).scalar("a", -0.5f).scalar("b", 0.25f).node("Clip", "x a b", "y")));
        all.add(of("Clip below", graph(5).scalar("a", 0.1f).node("Clip", "x a", "y")));
        all.add(of("Clip above", graph(5).scalar("a", 0.1f).node("Clip", "x . a", "y")));
        all.add(
                of(
                        "Clip 6",
                        new SmallGraph(10)
                                .input("x", 5)
                                .output("y")
                                .node("Clip", "x", "y", is("min", 0f), is("max", 0.5f))));
        all.add(of("PRelu", graph(4, 3).weight("s", 4, 1).node("PRelu", "x s", "y")));
        all.add(of("PRelu one", graph(4, 3).weight("s", 1).node("PRelu", "x s", "y")));
        all.add(of("Dropout", graph(4).node("Dropout", "x", "y")));
        all.add(
                of(
                        "Gelu",
                        new SmallGraph(20)
                                .input("x", 5)
                                .output("y")
                                .node("Gelu", "x", "y", is("approximate", "tanh"))));
        all.add(of("Mish", new SmallGraph(18).input("x", 5).output("y").node("Mish", "x", "y")));
        return all.stream();
    }

    static Stream<Arguments> arithmetic() {
        List<Arguments> all = new ArrayList<>();
        for (String name : List.of("Add", "Sub", "Mul", "Div", "Max", "Min")) {
            SmallGraph two = graph(2, 3).input("z", 2, 3);
            all.add(of(name + " values", two.node(name, "x z", "y")));
            all.add(of(name + " rows", graph(2, 3).input("z", 1, 3).node(name, "x z", "y")));
            all.add(of(name + " weight", graph(2, 3).weight("w", 2, 1).node(name, "x w", "y")));
            all.add(of(name + " turned", graph(2, 3).weight("w", 3).node(name, "w x", "y")));
            all.add(of(name + " number", graph(2, 3).scalar("w", 0.3f).node(name, "x w", "y")));
            all.add(of(name + " before", graph(2, 3).scalar("w", 0.3f).node(name, "w x", "y")));
        }
        for (String name : List.of("Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal")) {
            all.add(
                    of(
                            name,
                            graph(2, 3)
                                    .input("z", 1, 3)
                                    .scalar("c", -7)
                                    .node(name, "x z", "m")
                                    .node("Where", "m x c", "w")
                                    .node("Not", "m", "n")
                                    .node("Cast", "n", "f", is("to", 1))
                                    .node("Add", "w f", "y")));
        }
        all.add(of("Sign", graph(5).node("Sign", "x", "y")));
        all.add(of("Sum", graph(2).input("z", 2).weight("w", 2).node("Sum", "x z w", "y")));
        all.add(of("Mean", graph(2).input("z", 2).node("Mean", "x z", "y")));
        all.add(of("square", graph(4).scalar("e", 2).node("Pow", "x e", "y")));
        all.add(of("cube", graph(4).scalar("e", 3).node("Pow", "x e", "y")));
        all.add(
                of(
                        "root",
                        graph(4).node("Abs", "x", "a")
                                .scalar("e", 0.5f)
                                .node("Pow", "a e", "p")
                                .node("Sqrt", "p", "q")
                                .scalar("one", 1)
                                .node("Add", "q one", "r")
                                .node("Log", "r", "y")));
        all.add(
                of(
                        "Where",
                        graph(4).longs("n", 1, 0, 0, 1)
                                .node("Cast", "n", "m", is("to", 9))
                                .scalar("c", -7)
                                .node("Where", "m x c", "y")));
        return all.stream();
    }

    static Stream<Arguments> products() {
        return Stream.of(
                of("Gemm", graph(4).weight("w", 4, 3).weight("b", 3).node("Gemm", "x w b", "y")),
                of(
                        "Gemm scaled",
                        graph(4).weight("w", 3, 4)
                                .weight("b", 1, 3)
                                .node(
                                        "Gemm",
                                        "x w b",
                                        "y",
                                        is("transB", 1),
                                        is("alpha", 0.5f),
                                        is("beta", 2f))),
                of("Gemm bare", graph(4).weight("w", 4, 3).node("Gemm", "x w", "y")),
                of(
                        "Gemm one bias",
                        graph(4).weight("w", 4, 3).scalar("b", 2).node("Gemm", "x w b", "y")),
                of("MatMul", graph(2, 4).weight("w", 4, 3).node("MatMul", "x w", "y")),
                of("MatMul vector", graph(2, 4).weight("w", 4).node("MatMul", "x w", "y")),
                of(
                        "MatMul bias",
                        graph(2, 4)
                                .weight("w", 4, 3)
                                .weight("b", 3)
                                .node("MatMul", "x w", "h")
                                .node("Add", "b h", "y")),
                of("MatMul values", graph(2, 4).input("z", 4, 3).node("MatMul", "x z", "y")),
                of(
                        "weight norm",
                        graph(4).weight("v", 3, 4)
                                .weight("g", 3, 1)
                                .node("ReduceL2", "v", "n", ints("axes", 1))
                                .node("Div", "v n", "d")
                                .node("Mul", "g d", "w")
                                .node("Gemm", "x w", "y", is("transB", 1))),
                of("Einsum weight", einsum("bij,jk->bik").weight("z", 4, 5)),
                of("Einsum heads", einsum("bij,jhk->bihk").weight("z", 4, 2, 3)),
                of("Einsum back", einsum("bij,ijk->bk").weight("z", 3, 4, 5)),
                of("Einsum values", einsum("bij,bkj->bik").input("z", 5, 4)),
                of("Einsum turned", einsum("bij,bik->bkj").input("z", 3, 5)),
                of("Einsum blocks", einsum("bij,bjk->bjik").input("z", 4, 5)),
                of("MatMul left", graph(4, 2).weight("w", 3, 4).node("MatMul", "w x", "y")),
                of("MatMul blocks", graph(5, 2, 4).weight("w", 5, 4, 3).node("MatMul", "x w", "y")),
                of(
                        "MatMul repeated",
                        graph(5, 2, 4).input("z", 1, 4, 3).node("MatMul", "x z", "y")));
    }

    private static SmallGraph einsum(String equation) {
        return graph(3, 4).node("Einsum", "x z", "y", is("equation", equation));
    }

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
        return all.stream();
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

    static Stream<Arguments> shapes() {
        return Stream.of(
                of("Reshape", graph(2, 6).longs("s", 0, -1, 4).node("Reshape", "x s", "y")),
                of("Reshape batch", graph(2, 6).longs("s", -1, 4).node("Reshape", "x s", "y")),
                of("Flatten", graph(2, 6).node("Flatten", "x", "y")),
                of("Flatten 2", graph(2, 6).node("Flatten", "x", "y", is("axis", 2))),
                of("Transpose", graph(2, 3).node("Transpose", "x", "y", ints("perm", 0, 2, 1))),
                of("Unsqueeze", graph(3).longs("a", 1, -1).node("Unsqueeze", "x a", "y")),
                of("Squeeze", graph(1, 3, 1).longs("a", 1, 3).node("Squeeze", "x a", "y")),
                of("Squeeze all", graph(1, 3, 1).node("Squeeze", "x", "y")),
                of(
                        "Concat",
                        graph(2, 3).input("z", 2, 1).node("Concat", "x z", "y", is("axis", 2))),
                of(
                        "Slice",
                        graph(7, 3)
                                .longs("s", 1, -3)
                                .longs("e", -1, 100)
                                .longs("a", 1, 2)
                                .longs("t", 2, 1)
                                .node("Slice", "x s e a t", "y")),
                of(
                        "Slice turned",
                        graph(7).longs("s", -1)
                                .longs("e", Long.MIN_VALUE)
                                .longs("a", 1)
                                .longs("t", -1)
                                .node("Slice", "x s e a t", "y")),
                of(
                        "Slice 9",
                        new SmallGraph(9)
                                .input("x", 7)
                                .output("y")
                                .node(
                                        "Slice",
                                        "x",
                                        "y",
                                        ints("starts", 2),
                                        ints("ends", 5),
                                        ints("axes", 1))),
                of(
                        "Split",
                        graph(7).longs("n", 2, 4, 1)
                                .node("Split", "x n", "a b c", is("axis", 1))
                                .node("Concat", "c a b a", "y", is("axis", 1))),
                of(
                        "Gather",
                        graph(4, 3).longs("i", 2, 0, -1).node("Gather", "x i", "y", is("axis", 1))),
                of(
                        "Gather one",
                        graph(4, 3)
                                .array(OnnxTensor.of("i", new long[] {-2}))
                                .node("Gather", "x i", "y", is("axis", 2))),
                of(
                        "Embedding",
                        new SmallGraph(OPSET)
                                .input("x", OnnxType.INT64, 3)
                                .output("y")
                                .weight("w", 6, 4)
                                .node("Gather", "w x", "y")),
                of("Expand", graph(1, 3).longs("s", 1, 4, 3).node("Expand", "x s", "y")),
                of("Tile", graph(2, 3).longs("s", 1, 2, 2).node("Tile", "x s", "y")),
                of(
                        "Shape",
                        graph(2, 6)
                                .node("Shape", "x", "s")
                                .longs("i", 0)
                                .longs("three", 3)
                                .longs("rest", -1)
                                .node("Gather", "s i", "b")
                                .node("Concat", "b three rest", "t", is("axis", 0))
                                .node("Reshape", "x t", "y")),
                of(
                        "heads",
                        graph(4, 6)
                                .longs("s", 4, -1, 3)
                                .node("Transpose", "x", "a", ints("perm", 1, 0, 2))
                                .node("Reshape", "a s", "b")
                                .node("Transpose", "b", "c", ints("perm", 1, 0, 2))
                                .longs("t", -1, 2, 4, 3)
                                .node("Reshape", "c t", "y")));
    }

    static Stream<Arguments> reductions() {
        List<Arguments> all = new ArrayList<>();
        for (String name :
                List.of(
                        "ReduceMean",
                        "ReduceMax",
                        "ReduceMin",
                        "ReduceL1",
                        "ReduceL2",
                        "ReduceSumSquare")) {
            all.add(of(name, graph(3, 4, 2).node(name, "x", "y", ints("axes", 2, 3))));
            all.add(
                    of(
                            name + " 1",
                            graph(3, 4, 2)
                                    .node(name, "x", "y", ints("axes", -1, 1), is("keepdims", 0))));
        }
        all.add(of("ReduceSum", graph(3, 4).longs("a", 1).node("ReduceSum", "x a", "y")));
        return all.stream();
    }

    static Stream<Arguments> norms() {
        return Stream.of(
                of(
                        "BatchNormalization",
                        graph(3, 4, 2)
                                .weight("s", 3)
                                .weight("b", 3)
                                .weight("m", 3)
                                .array(OnnxTensor.of("v", new float[] {1, 2, 0.5f}, 3))
                                .node("BatchNormalization", "x s b m v", "y")),
                of(
                        "LayerNormalization",
                        graph(3, 4)
                                .weight("s", 3, 4)
                                .weight("b", 3, 4)
                                .node(
                                        "LayerNormalization",
                                        "x s b",
                                        "y",
                                        is("axis", 1),
                                        is("epsilon", 1e-3f))),
                of(
                        "InstanceNormalization",
                        graph(3, 4, 2)
                                .weight("s", 3)
                                .weight("b", 3)
                                .node("InstanceNormalization", "x s b", "y")),
                of("LRN", graph(5, 3, 2).node("LRN", "x", "y", is("size", 3), is("alpha", 0.5f))),
                of(
                        "written out",
                        graph(3, 4)
                                .node("ReduceMean", "x", "m", ints("axes", -1))
                                .node("Sub", "x m", "d")
                                .scalar("two", 2)
                                .node("Pow", "d two", "q")
                                .node("ReduceMean", "q", "v", ints("axes", -1))
                                .scalar("eps", 1e-5f)
                                .node("Add", "v eps", "e")
                                .node("Sqrt", "e", "r")
                                .node("Div", "d r", "n")
                                .weight("s", 4)
                                .node("Mul", "n s", "y")));
    }

    static Stream<Arguments> recurrent() {
        List<Arguments> all = new ArrayList<>();
        for (String direction : List.of("forward", "reverse", "bidirectional")) {
            for (String kind : List.of("RNN", "LSTM", "GRU")) {
                long gates = kind.equals("RNN") ? 1 : kind.equals("LSTM") ? 4 : 3;
                long d = direction.equals("bidirectional") ? 2 : 1;
                SmallGraph graph =
                        graph(5, 4)
                                .node("Transpose", "x", "t", ints("perm", 1, 0, 2))
                                .weight("w", d, gates * 3, 4)
                                .weight("r", d, gates * 3, 3)
                                .weight("b", d, 2 * gates * 3)
                                .node(
                                        kind,
                                        "t w r b",
                                        "all last",
                                        is("hidden_size", 3),
                                        is("direction", direction),
                                        is("linear_before_reset", 1))
                                .node("Transpose", "all", "y", ints("perm", 2, 0, 1, 3))
                                .node("Transpose", "last", "z", ints("perm", 1, 0, 2))
                                .output("z");
                all.add(of(kind + " " + direction, kind.equals("GRU") ? graph : without(graph)));
            }
        }
        return all.stream();
    }

    /** ONNX Runtime refuses the option of the GRU elsewhere. */
    private static SmallGraph without(SmallGraph graph) {
        return graph.mapNodes(
                node ->
                        new OnnxNode(
                                node.name(),
                                node.domain(),
                                node.operator(),
                                node.inputs(),
                                node.outputs(),
                                node.attributes().stream()
                                        .filter(a -> !a.name().equals("linear_before_reset"))
                                        .toList()));
    }

    static Stream<Arguments> resizing() {
        List<Arguments> all = new ArrayList<>();
        for (String mode : List.of("constant", "reflect", "edge")) {
            all.add(
                    of(
                            "Pad " + mode,
                            graph(2, 5, 6)
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
        for (String mode : List.of("nearest", "linear")) {
            for (String place : List.of("half_pixel", "asymmetric", "align_corners")) {
                if (mode.equals("nearest") == place.equals("asymmetric")) {
                    all.add(
                            of(
                                    "Resize %s %s".formatted(mode, place),
                                    graph(2, 5, 6)
                                            .array(OnnxTensor.of("f", new float[] {1, 1, 2, 2}, 4))
                                            .node(
                                                    "Resize",
                                                    "x . f",
                                                    "y",
                                                    is("mode", mode),
                                                    is("nearest_mode", "floor"),
                                                    is("coordinate_transformation_mode", place))));
                }
            }
        }
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

    static Stream<Arguments> tables() {
        return Stream.of(
                of(
                        "LinearRegressor",
                        graph(3).node(
                                        "ai.onnx.ml",
                                        "LinearRegressor",
                                        "x",
                                        "y",
                                        new OnnxAttribute(
                                                "coefficients", List.of(0.5f, -1f, 2f, 1f, 0f, 3f)),
                                        new OnnxAttribute("intercepts", List.of(0.25f, -1f)),
                                        is("targets", 2))),
                of(
                        "Scaler",
                        graph(3).node(
                                        "ai.onnx.ml",
                                        "Scaler",
                                        "x",
                                        "y",
                                        new OnnxAttribute("offset", List.of(0.5f, -1f, 2f)),
                                        new OnnxAttribute("scale", List.of(2f, 3f, 0.1f)))));
    }

    static Stream<Arguments> all() {
        return Stream.of(
                        activations(),
                        arithmetic(),
                        products(),
                        windows(),
                        shapes(),
                        reductions(),
                        norms(),
                        recurrent(),
                        resizing(),
                        tables())
                .flatMap(s -> s);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void computesWhatOnnxRuntimeComputes(String name, SmallGraph graph) throws IOException {
        Comparison found = Comparison.of(graph.write(folder));
        assertTrue(found.size() > 0 && found.isClose(), () -> name + ": " + found);
    }
}
