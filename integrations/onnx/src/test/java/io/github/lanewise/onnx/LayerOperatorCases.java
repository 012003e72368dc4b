package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.graph;
import static io.github.lanewise.onnx.OperatorTest.ints;
import static io.github.lanewise.onnx.OperatorTest.is;
import static io.github.lanewise.onnx.OperatorTest.of;

import org.junit.jupiter.params.provider.Arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Products, normalizations and recurrent layers. */
final class LayerOperatorCases {

    private LayerOperatorCases() {}

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
                SmallGraph from = fromStates(kind, direction, gates, d);
                all.add(
                        of(
                                kind + " " + direction + " from states",
                                kind.equals("GRU") ? from : without(from)));
            }
        }
        return all.stream();
    }

    /** Begins from a state of each sample and, with cells, one for all. */
    private static SmallGraph fromStates(String kind, String direction, long gates, long d) {
        boolean cells = kind.equals("LSTM");
        SmallGraph graph =
                graph(5, 4)
                        .input("s", d, 3)
                        .node("Transpose", "x", "t", ints("perm", 1, 0, 2))
                        .node("Transpose", "s", "h", ints("perm", 1, 0, 2))
                        .weight("w", d, gates * 3, 4)
                        .weight("r", d, gates * 3, 3)
                        .weight("b", d, 2 * gates * 3)
                        .weight("one", d, 1, 3)
                        .node("Shape", "h", "size")
                        .node("Expand", "one size", "c")
                        .node(
                                kind,
                                cells ? "t w r b . h c" : "t w r b . h",
                                cells ? "all last cell" : "all last",
                                is("hidden_size", 3),
                                is("direction", direction),
                                is("linear_before_reset", 1))
                        .node("Transpose", "all", "y", ints("perm", 2, 0, 1, 3))
                        .node("Transpose", cells ? "cell" : "last", "z", ints("perm", 1, 0, 2));
        return graph.output("z");
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
}
