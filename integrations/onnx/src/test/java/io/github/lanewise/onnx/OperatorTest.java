package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One operator after another, with the options that exporters write, against ONNX Runtime. */
class OperatorTest {

    static final int OPSET = 17;

    @TempDir Path folder;

    static OnnxAttribute ints(String name, long... numbers) {
        return OnnxAttribute.ofLongs(name, numbers);
    }

    static OnnxAttribute is(String name, long number) {
        return OnnxAttribute.of(name, number);
    }

    static OnnxAttribute is(String name, String text) {
        return OnnxAttribute.of(name, text);
    }

    static OnnxAttribute is(String name, float number) {
        return OnnxAttribute.of(name, number);
    }

    static SmallGraph graph(long... input) {
        return new SmallGraph(OPSET).input("x", input).output("y");
    }

    static Arguments of(String name, SmallGraph graph) {
        return Arguments.of(name, graph);
    }

    static Stream<Arguments> all() {
        return Stream.of(
                        PointwiseOperatorCases.activations(),
                        PointwiseOperatorCases.arithmetic(),
                        LayerOperatorCases.products(),
                        WindowOperatorCases.windows(),
                        ShapeOperatorCases.shapes(),
                        ShapeOperatorCases.reductions(),
                        LayerOperatorCases.norms(),
                        LayerOperatorCases.recurrent(),
                        WindowOperatorCases.resizing(),
                        ShapeOperatorCases.tables(),
                        SeveralSamplesCases.all())
                .flatMap(s -> s);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void computesWhatOnnxRuntimeComputes(String name, SmallGraph graph) throws IOException {
        Comparison found = Comparison.of(graph.write(folder));
        assertTrue(found.size() > 0 && found.isClose(), () -> name + ": " + found);
    }
}
