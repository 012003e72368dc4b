package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.graph;
import static io.github.lanewise.onnx.OperatorTest.ints;
import static io.github.lanewise.onnx.OperatorTest.is;
import static io.github.lanewise.onnx.OperatorTest.of;

import org.junit.jupiter.params.provider.Arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What moves, joins or reduces numbers, and what scikit-learn writes. */
final class ShapeOperatorCases {

    private ShapeOperatorCases() {}

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
                        new SmallGraph(OperatorTest.OPSET)
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

    private static List<Arguments> choices() {
        List<Arguments> all = new ArrayList<>();
        for (long axis : new long[] {-1, 1, 0}) {
            all.add(
                    of(
                            "OneHot " + axis,
                            new SmallGraph(OperatorTest.OPSET)
                                    .input("x", OnnxType.INT64, 3)
                                    .output("y")
                                    .longs("two", 2)
                                    .array(OnnxTensor.of("d", new long[] {4}))
                                    .array(OnnxTensor.of("v", new float[] {-1, 3}, 2))
                                    .node("Sub", "x two", "i")
                                    .node("OneHot", "i d v", "h", is("axis", axis))
                                    .node(
                                            "Transpose",
                                            "h",
                                            "y",
                                            axis == 0
                                                    ? ints("perm", 1, 0, 2)
                                                    : ints("perm", 0, 1, 2))));
        }
        for (long upper : new long[] {0, 1}) {
            for (long k : new long[] {-1, 0, 2}) {
                all.add(
                        of(
                                "Trilu %d %d".formatted(upper, k),
                                graph(2, 3, 4)
                                        .array(OnnxTensor.of("k", new long[] {k}))
                                        .node("Trilu", "x k", "y", is("upper", upper))));
            }
        }
        for (long option : new long[] {0, 1, 2, 3}) {
            all.add(
                    of(
                            "CumSum " + option,
                            graph(3, 4)
                                    .array(OnnxTensor.of("a", new long[] {option % 2 - 2}))
                                    .node(
                                            "CumSum",
                                            "x a",
                                            "y",
                                            is("reverse", option % 2),
                                            is("exclusive", option / 2))));
        }
        all.add(
                of(
                        "GatherND",
                        graph(3, 4, 2)
                                .array(
                                        OnnxTensor.of(
                                                "i",
                                                new long[] {0, 1, 2, -1, -3, 0, 1, 1},
                                                2,
                                                2,
                                                2))
                                .node("Transpose", "x", "t", ints("perm", 1, 2, 0, 3))
                                .node("GatherND", "t i", "g")
                                .node("Transpose", "g", "y", ints("perm", 2, 0, 1, 3))));
        all.add(
                of(
                        "Tile of a constant to the batch",
                        graph(2, 3)
                                .weight("c", 1, 1, 3)
                                .longs("i", 0)
                                .longs("ones", 1, 1)
                                .node("Shape", "x", "s")
                                .node("Gather", "s i", "b")
                                .node("Concat", "b ones", "r", is("axis", 0))
                                .node("Tile", "c r", "t")
                                .node("Concat", "t x", "y", is("axis", 1))));
        return all;
    }

    static Stream<Arguments> reductions() {
        List<Arguments> all = choices();
        for (String name : List.of("ReduceLogSumExp", "ReduceLogSum")) {
            all.add(
                    of(
                            name,
                            graph(3, 4)
                                    .node("Abs", "x", "a")
                                    .node(name, "a", "y", ints("axes", 2), is("keepdims", 0))));
        }
        all.add(
                of(
                        "ReduceLogSumExp of large numbers",
                        graph(3, 4)
                                .scalar("c", 300)
                                .node("Mul", "x c", "a")
                                .node("ReduceLogSumExp", "a", "y", ints("axes", 1, 2))));
        for (String name :
                List.of(
                        "ReduceMean",
                        "ReduceMax",
                        "ReduceMin",
                        "ReduceL1",
                        "ReduceL2",
                        "ReduceSumSquare")) {
            OnnxAttribute noop = is("noop_with_empty_axes", 1);
            all.add(
                    of(
                            name + " of nothing",
                            new SmallGraph(18)
                                    .input("x", 3, 4)
                                    .output("y")
                                    .weight("w", 3, 4)
                                    .node(name, "x", "a", noop)
                                    .node(name, "w", "b", noop)
                                    .node("Mul", "a b", "y")));
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

    static Stream<Arguments> tables() {
        return Stream.of(
                of("Normalizer L1", normalizer("L1")),
                of("Normalizer L2", normalizer("L2")),
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

    /** Of a row as it is, and of one of zeros alone. */
    private static SmallGraph normalizer(String norm) {
        return graph(3).scalar("zero", 0)
                .node("ai.onnx.ml", "Normalizer", "x", "a", is("norm", norm))
                .node("Mul", "x zero", "z")
                .node("ai.onnx.ml", "Normalizer", "z", "b", is("norm", norm))
                .node("Concat", "a b", "y", is("axis", 1));
    }
}
