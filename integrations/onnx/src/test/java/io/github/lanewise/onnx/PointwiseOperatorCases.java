package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.graph;
import static io.github.lanewise.onnx.OperatorTest.is;
import static io.github.lanewise.onnx.OperatorTest.of;

import org.junit.jupiter.params.provider.Arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Activations and arithmetic. */
final class PointwiseOperatorCases {

    private PointwiseOperatorCases() {}

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
}
