package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.ints;
import static io.github.lanewise.onnx.OperatorTest.is;
import static io.github.lanewise.onnx.OperatorTest.of;

import org.junit.jupiter.params.provider.Arguments;

import java.util.Arrays;
import java.util.stream.Stream;

/** Graphs that were exported with two samples, and have what is the same for both twice. */
final class SeveralSamplesCases {

    private SeveralSamplesCases() {}

    private static SmallGraph graph(long... sizes) {
        OnnxDimension[] shape =
                Arrays.stream(sizes).mapToObj(OnnxDimension::of).toArray(OnnxDimension[]::new);
        return new SmallGraph(OperatorTest.OPSET).rawInput("x", OnnxType.FLOAT, shape).output("y");
    }

    private static OnnxTensor twice(String name, int before, int size) {
        float[] numbers = new float[before * 2 * size];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i / (2 * size) + i % size * 0.1f;
        }
        return OnnxTensor.of(name, numbers, before, 2, size);
    }

    static Stream<Arguments> all() {
        return Stream.of(
                of(
                        "sum with what each sample has",
                        graph(2, 3, 4)
                                .array(twice("c", 1, 12))
                                .longs("s", 2, 3, 4)
                                .node("Reshape", "c s", "d")
                                .node("Add", "x d", "y")),
                of(
                        "token before each sample",
                        graph(2, 3, 4)
                                .array(twice("c", 1, 4))
                                .longs("s", 2, 1, 4)
                                .node("Reshape", "c s", "token")
                                .node("Concat", "token x", "y", is("axis", 1))),
                of(
                        "first state of each sample",
                        graph(2, 5, 4)
                                .array(twice("h", 1, 3))
                                .weight("w", 1, 3, 4)
                                .weight("r", 1, 3, 3)
                                .node("Transpose", "x", "t", ints("perm", 1, 0, 2))
                                .node("RNN", "t w r . . h", "all", is("hidden_size", 3))
                                .node("Transpose", "all", "y", ints("perm", 2, 0, 1, 3))),
                of(
                        "state of each sample, expanded",
                        graph(2, 4)
                                .array(twice("c", 1, 4))
                                .longs("zero", 0)
                                .longs("one", 1)
                                .longs("four", 4)
                                .node("Shape", "x", "shape")
                                .node("Gather", "shape zero", "batch")
                                .node("Concat", "one batch four", "s", is("axis", 0))
                                .node("Expand", "c s", "e")
                                .node("Mul", "e x", "y")),
                of(
                        "cell from zeros",
                        graph(2, 4)
                                .array(OnnxTensor.of("h", new float[6], 2, 3))
                                .weight("w", 5, 3)
                                .weight("b", 5)
                                .weight("v", 5, 4)
                                .node("Gemm", "h w b", "a", is("transB", 1))
                                .node("Gemm", "x v b", "c", is("transB", 1))
                                .node("Add", "a c", "y")));
    }
}
