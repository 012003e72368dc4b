package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.model.ModelFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Graphs that cannot be imported are refused in one line that names the node; none does harm. */
class RefusalTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    private static SmallGraph graph(long... input) {
        return new SmallGraph(17).input("x", input).output("y");
    }

    private static OnnxTensor array(String name, long... numbers) {
        return OnnxTensor.of(name, numbers, numbers.length);
    }

    static Stream<Arguments> graphs() {
        return Stream.of(
                Arguments.of(graph(3).node("Det", "x", "y"), "Det node0: operator Det is not"),
                Arguments.of(
                        graph(3).node("IsNaN", "x", "n").node("Where", "n x x", "y"),
                        "which is not a softmax"),
                Arguments.of(graph(3).node("com.corp", "Relu", "x", "y"), "operator com.corp.Relu"),
                Arguments.of(
                        new SmallGraph(99).input("x", 3).output("y").node("Relu", "x", "y"),
                        "version 7 to"),
                Arguments.of(graph(3).node("Relu", "z", "y"), "value z is made by no node"),
                Arguments.of(graph(3).node("Relu", "x", "z"), "value y is made by no node"),
                Arguments.of(
                        graph(3).node("Add", "x b", "a")
                                .node("Relu", "a", "b")
                                .node("Tanh", "b", "y"),
                        "leads back to itself"),
                Arguments.of(graph(3).node("Relu", "x", "y").node("Tanh", "x", "y"), "made twice"),
                Arguments.of(
                        graph(3).weight("w", 2).weight("w", 3).node("Add", "x w", "y"),
                        "made twice"),
                Arguments.of(
                        graph(3).weight("w", 4, 2).node("MatMul", "x w", "y"),
                        "MatMul node0: Model[1] Linear(4 -> 2"),
                Arguments.of(
                        graph(3).weight("w", 4).node("Add", "x w", "y"),
                        "Add node0: batchx3 and 4"),
                Arguments.of(graph(3).longs("s", 7).node("Reshape", "x s", "y"), "Reshape node0"),
                Arguments.of(graph(3).node("Reshape", "x x", "y"), "depends on the sample"),
                Arguments.of(
                        graph(3).node("Reshape", "x", "y"),
                        "expected an input 1 or an attribute shape, found neither"),
                Arguments.of(graph(3).node("Slice", "x", "y"), "an attribute starts"),
                Arguments.of(graph(3).longs("r", 1, -2).node("Tile", "x r", "y"), "Tile node0: -6"),
                Arguments.of(
                        graph(3).longs("s", -1, -3)
                                .node("ConstantOfShape", "s", "c")
                                .node("Add", "x c", "y"),
                        "ConstantOfShape node0: a dimension of -"),
                Arguments.of(graph(3).node("Unsqueeze", "x", "y"), "an attribute axes"),
                Arguments.of(graph(3).node("Pad", "x", "y"), "an attribute pads"),
                Arguments.of(graph(3).node("Relu", "", "y"), "expected an input 0"),
                Arguments.of(
                        graph(3).node("Softmax", "x", "y", OnnxAttribute.of("axis", 0)),
                        "axis 0 of batchx3 is the batch"),
                Arguments.of(
                        graph(3).node("Softmax", "x", "y", OnnxAttribute.of("axis", "a")),
                        "attribute axis: expected a Long"),
                Arguments.of(graph(3).longs("r", 1, 1L << 40).node("Tile", "x r", "y"), "hostile"),
                Arguments.of(
                        graph(3).longs("s", 1, 1 << 30, 3).node("Expand", "x s", "y"), "Expand"),
                Arguments.of(
                        graph(3).longs("s", 1 << 20, 1 << 20)
                                .node("ConstantOfShape", "s", "c")
                                .node("Add", "x c", "y"),
                        "ConstantOfShape node0"),
                Arguments.of(
                        graph(3).array(OnnxTensor.of("a", new long[] {0}))
                                .array(OnnxTensor.of("b", new long[] {1L << 50}))
                                .array(OnnxTensor.of("c", new long[] {1}))
                                .node("Range", "a b c", "r")
                                .node("Add", "x r", "y"),
                        "hostile"),
                Arguments.of(
                        graph(2, 3).node("Cast", "x", "y", OnnxAttribute.of("to", 8)),
                        "a cast to string; one to numbers or truth values is imported"),
                Arguments.of(
                        graph(2, 3, 4, 5, 6).weight("w", 1, 2, 1, 1, 1, 1).node("Conv", "x w", "y"),
                        "batch x channels x sides, one to three of them, is imported"),
                Arguments.of(
                        graph(5, 4)
                                .node("Transpose", "x", "t", OnnxAttribute.ofLongs("perm", 1, 0, 2))
                                .weight("w", 1, 12, 4)
                                .weight("r", 1, 12, 3)
                                .weight("h", 1, 2, 3)
                                .node("LSTM", "t w r . . h", "y"),
                        "a constant of 1x2x3 beside"),
                Arguments.of(
                        graph(5, 4)
                                .weight("w", 1, 9, 4)
                                .weight("r", 1, 9, 3)
                                .node("GRU", "x w r", "y"),
                        "must be steps x batch x features"),
                Arguments.of(
                        new SmallGraph(17)
                                .rawInput(
                                        "x",
                                        OnnxType.FLOAT,
                                        OnnxDimension.of("batch"),
                                        OnnxDimension.of("steps"))
                                .output("y")
                                .node("Relu", "x", "y"),
                        "say its size by dimension(\"steps\""),
                Arguments.of(
                        new SmallGraph(17)
                                .rawInput("x", OnnxType.STRING, OnnxDimension.of("batch"))
                                .output("y")
                                .node("Relu", "x", "y"),
                        "expected numbers"),
                Arguments.of(
                        new SmallGraph(17)
                                .input("x", 1L << 30, 1L << 30)
                                .output("y")
                                .node("Relu", "x", "y"),
                        "too many features"),
                Arguments.of(
                        graph(Integer.MAX_VALUE)
                                .weight("w", 2)
                                .node("BatchNormalization", "x w w w w", "y"),
                        "of 2147483647 numbers, found 2"),
                Arguments.of(
                        new SmallGraph(21)
                                .input("x", Integer.MAX_VALUE)
                                .output("y")
                                .weight("w", 2)
                                .node(
                                        "GroupNormalization",
                                        "x w w",
                                        "y",
                                        OnnxAttribute.of("num_groups", 1)),
                        "hostile"),
                Arguments.of(
                        graph(Integer.MAX_VALUE)
                                .node("Split", "x", "a y", OnnxAttribute.of("axis", 1))
                                .weight("w", 3)
                                .node("Add", "a w", "b")
                                .node("Relu", "b", "c")
                                .node("Add", "c y", "z")
                                .output("z"),
                        "Add node1"),
                Arguments.of(
                        new SmallGraph(17)
                                .input("x", 3)
                                .output("y", OnnxType.INT64)
                                .node("ArgMax", "x", "y"),
                        "choose a value by outputs"),
                Arguments.of(
                        graph(3).array(array("i", 5))
                                .node("Gather", "x i", "y", OnnxAttribute.of("axis", 1)),
                        "Gather node0"),
                Arguments.of(
                        graph(3).node("ai.onnx.ml", "Normalizer", "x", "y"), "norm MAX; L1 and L2"),
                Arguments.of(
                        graph(5, 2, 2).node("LRN", "x", "y", OnnxAttribute.of("size", 4)),
                        "an even size of 4"),
                Arguments.of(
                        graph(3).weight("w", 3).node("Identity", "w", "y"),
                        "output y is the same for all samples"));
    }

    private static SmallGraph resize(int opset, float[] factors, String... options) {
        SmallGraph graph =
                new SmallGraph(opset)
                        .input("x", 2, 3, 4)
                        .output("y")
                        .array(OnnxTensor.of("f", factors, 4));
        OnnxAttribute[] attributes = new OnnxAttribute[options.length / 2];
        for (int i = 0; i < attributes.length; i++) {
            attributes[i] = OnnxAttribute.of(options[2 * i], options[2 * i + 1]);
        }
        return graph.node("Resize", opset < 11 ? "x f" : "x . f", "y", attributes);
    }

    /** Resized images whose numbers would be others than those of ONNX's rule. */
    static Stream<Arguments> resized() {
        String place = "coordinate_transformation_mode";
        float[] twice = {1, 1, 2, 2};
        return Stream.of(
                Arguments.of(resize(13, twice, place, "tf_half_pixel_for_nn"), "tf_half_pixel"),
                Arguments.of(resize(13, twice, "mode", "area"), "mode area; nearest, linear"),
                Arguments.of(resize(13, twice, "nearest_mode", "random"), "nearest_mode random"),
                Arguments.of(
                        resize(13, new float[] {1, 1, 0.2f, 1}), "nothing is left of axis 2, 3 x"),
                Arguments.of(
                        resize(13, new float[] {2, 1, 1, 1}), "axis 0 of batchx2x3x4 is the batch"),
                Arguments.of(
                        graph(2, 3, 4)
                                .array(OnnxTensor.of("f", twice, 4))
                                .node(
                                        "Resize",
                                        "x . f",
                                        "y",
                                        OnnxAttribute.of("mode", "linear"),
                                        OnnxAttribute.of("antialias", 1)),
                        "antialias is 1; 0 is imported"),
                Arguments.of(
                        graph(2, 3, 4)
                                .longs("s", 6, 9)
                                .node(
                                        "Resize",
                                        "x . . s",
                                        "y",
                                        OnnxAttribute.ofLongs("axes", 2, 3),
                                        OnnxAttribute.of("keep_aspect_ratio_policy", "not_larger")),
                        "keep_aspect_ratio_policy not_larger"));
    }

    @ParameterizedTest
    @MethodSource("resized")
    void resizingByAnotherRuleIsRefused(SmallGraph graph, String expected) throws IOException {
        isRefusedInOneLine(graph, expected);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void isRefusedInOneLine(SmallGraph graph, String expected) throws IOException {
        Path file = graph.write(folder);
        FormatException e =
                assertTimeoutPreemptively(
                        LONG,
                        () -> assertThrows(FormatException.class, () -> OnnxImport.load(file)));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertTrue(e.getMessage().startsWith("onnx: " + file), e.getMessage());
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
    }

    @Test
    void aLongChainNeedsNoStack() throws IOException {
        SmallGraph graph = new SmallGraph(17).input("x", 1).output("y");
        int last = 20_000;
        for (int i = 0; i < last; i++) {
            String from = i == 0 ? "x" : "v" + i;
            graph.node("Neg", from, i == last - 1 ? "y" : "v" + (i + 1));
        }
        Path file = graph.write(folder);
        assertEquals(
                last, assertTimeoutPreemptively(LONG, () -> OnnxImport.load(file)).calls().size());
    }

    @Test
    void functionsOfTheModelsOwnArePutInPlace() throws IOException {
        OnnxModel plain =
                graph(3).node("own", "Twice", "x", "h").node("own", "Twice", "h", "y").model();
        OnnxFunction twice =
                new OnnxFunction(
                        "own",
                        "Twice",
                        List.of("a"),
                        List.of("b"),
                        List.of(
                                OnnxNode.of("Add", List.of("a", "a"), List.of("s")),
                                OnnxNode.of("Relu", List.of("s"), List.of("b"))));
        Path file = folder.resolve("own.onnx");
        OnnxFile.write(with(plain, twice), file);
        assertTrue(Comparison.of(file).isClose());
        OnnxFunction endless =
                new OnnxFunction(
                        "own",
                        "Twice",
                        List.of("a"),
                        List.of("b"),
                        List.of(
                                new OnnxNode(
                                        "n", "own", "Twice", List.of("a"), List.of("b"), List.of()),
                                new OnnxNode(
                                        "m",
                                        "own",
                                        "Twice",
                                        List.of("a"),
                                        List.of("c"),
                                        List.of())));
        OnnxFile.write(with(plain, endless), file);
        FormatException e = assertThrows(FormatException.class, () -> OnnxImport.load(file));
        assertTrue(e.getMessage().contains("calls itself"), e.getMessage());
    }

    private static OnnxModel with(OnnxModel model, OnnxFunction function) {
        LinkedHashMap<String, Long> opsets = new LinkedHashMap<>(model.opsets());
        opsets.put("own", 1L);
        return new OnnxModel(
                model.irVersion(),
                opsets,
                model.producer(),
                "",
                model.graph(),
                List.of(function),
                model.metadata());
    }

    /** As scikit-learn's MLPClassifier is written: a label, and a map of probabilities. */
    @Test
    void classifiersOfScikitLearnGiveTheirProbabilities() throws IOException {
        SmallGraph graph =
                new SmallGraph(17)
                        .input("x", 4)
                        .output("label", OnnxType.INT64)
                        .output("probabilities", OnnxType.UNDEFINED)
                        .weight("w1", 4, 6)
                        .weight("b1", 1, 6)
                        .weight("w2", 6, 3)
                        .weight("b2", 1, 3)
                        .longs("classes", 10, 20, 30)
                        .node("Cast", "x", "c", OnnxAttribute.of("to", 1))
                        .node("MatMul", "c w1", "m1")
                        .node("Add", "m1 b1", "a1")
                        .node("Relu", "a1", "r1")
                        .node("MatMul", "r1 w2", "m2")
                        .node("Add", "m2 b2", "a2")
                        .node("Softmax", "a2", "p")
                        .node("ArgMax", "p", "i", OnnxAttribute.of("axis", 1))
                        .node("ai.onnx.ml", "ArrayFeatureExtractor", "classes i", "l")
                        .node("Cast", "l", "label", OnnxAttribute.of("to", 7))
                        .node(
                                "ai.onnx.ml",
                                "ZipMap",
                                "p",
                                "probabilities",
                                OnnxAttribute.ofLongs("classlabels_int64s", 10, 20, 30));
        ModelFile made = OnnxImport.of(graph.write(folder)).open();
        assertEquals(List.of("probabilities"), made.outputNames());
        assertEquals(List.of("10", "20", "30"), made.labels());
        Model model = (Model) made.model();
        assertEquals(4, model.calls().size(), model::toString);
        Path plain = folder.resolve("plain.onnx");
        OnnxModel source = graph.model();
        OnnxGraph all = source.graph();
        OnnxGraph cut =
                new OnnxGraph(
                        "cut",
                        all.inputs(),
                        List.of(
                                OnnxValueInfo.floats(
                                        "p", OnnxDimension.of("b"), OnnxDimension.of(3))),
                        all.nodes().subList(0, 7),
                        all.initializers(),
                        List.of());
        OnnxFile.write(new OnnxModel(8, 17, "", cut), plain);
        assertTrue(Comparison.of(plain).isClose());
    }

    @Test
    void theProgramSaysSizesOutputsAndWhatIsFixed() throws IOException {
        Path file =
                new SmallGraph(17)
                        .rawInput(
                                "x",
                                OnnxType.FLOAT,
                                OnnxDimension.of("batch"),
                                OnnxDimension.of("steps"))
                        .output("y")
                        .weight("w", 5)
                        .node("Mul", "x w", "h")
                        .node("Relu", "h", "y")
                        .write(folder);
        OnnxImport source = OnnxImport.of(file).dimension("steps", 5);
        assertEquals(5, source.model().parameters().values().iterator().next().size());
        assertEquals(0, source.fixed("w").outputs("h").model().parameters().size());
        assertEquals(2, source.model().calls().size());
        FormatException e = assertThrows(FormatException.class, () -> source.outputs("z").model());
        assertTrue(e.getMessage().contains("value z"), e.getMessage());
    }

    @Test
    void inputsOfWhichOnlyTheShapeCountsAreNotTheModels() throws IOException {
        Path file =
                graph(2, 3)
                        .input("z", 6)
                        .node("Shape", "z", "s")
                        .node("Reshape", "x s", "y")
                        .write(folder);
        ModelFile made = OnnxImport.of(file).open();
        assertEquals(List.of("x"), made.inputNames());
        assertEquals(new Shape(6), ((Model) made.model()).outputShapes().getFirst());
    }

    /** Bytes of a real model, altered: a model or one line, never anything else. */
    @Test
    void alteredModelsAreRefusedInOneLine() throws IOException {
        byte[] bytes = Files.readAllBytes(OnnxImportTest.resource("mixed-script.onnx"));
        Path file = folder.resolve("altered.onnx");
        int refused = 0;
        for (int at = 0; at < bytes.length; at += 3) {
            byte[] altered = bytes.clone();
            altered[at] ^= (byte) (1 << at % 8);
            Files.write(file, altered);
            try {
                OnnxImport.load(file);
            } catch (FormatException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("onnx: "), e.getMessage());
                assertTrue(
                        e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
            }
        }
        assertTrue(refused > 10, refused + " refused");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(FormatException.class, () -> OnnxImport.load(file));
    }
}
