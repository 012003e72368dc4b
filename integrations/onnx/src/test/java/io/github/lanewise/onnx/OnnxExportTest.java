package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Lambda;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.model.LayerTypes;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.onnx.export.OnnxExport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ONNX Runtime makes of exported models. With {@code -Donnx.kept=DIR} the files stay there,
 * for check_models.py.
 */
final class OnnxExportTest {

    /** For sums of some ten numbers in another order. */
    private static final double TOLERANCE = 5e-6;

    @TempDir private Path folder;

    static List<ExportCase> cases() {
        return ExportCase.all();
    }

    private Path file(String name) throws IOException {
        String kept = System.getProperty("onnx.kept");
        Path in = kept == null ? folder : Files.createDirectories(Path.of(kept));
        return in.resolve(name.replaceAll("\\W+", "_") + ".onnx");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void runtimeComputesTheSame(ExportCase one) throws IOException {
        Path file = file(one.toString());
        new OnnxExport(one.model()).inputShape(one.input()).write(file);
        for (int batch : new int[] {1, 3}) {
            double difference = difference(one, file, batch);
            assertTrue(difference <= TOLERANCE, batch + " samples differ by " + difference);
        }
    }

    /** Returns the largest difference, as a share of the number where it is above 1. */
    static double difference(ExportCase one, Path file, int batch) {
        Matrix samples = one.samples(batch);
        Matrix expected =
                one.model().bind(one.input(), Workspace.inference(batch)).forward(samples);
        List<float[]> found = List.copyOf(Ort.run(file, inputs(one, samples)).values());
        List<Matrix> outputs =
                one.model() instanceof Model model
                        ? model.splitOutputs(expected)
                        : List.of(expected);
        assertEquals(outputs.size(), found.size());
        double largest = 0;
        for (int o = 0; o < found.size(); o++) {
            Matrix output = outputs.get(o);
            assertEquals(output.size(), found.get(o).length);
            for (int i = 0; i < output.size(); i++) {
                double ours = output.at(i / output.cols(), i % output.cols());
                double difference = Math.abs(ours - found.get(o)[i]) / Math.max(1, Math.abs(ours));
                // NaN counts, too.
                largest = difference <= largest ? largest : difference;
            }
        }
        return largest;
    }

    private static Map<String, Ort.Array> inputs(ExportCase one, Matrix samples) {
        if (!(one.model() instanceof Model model) || model.inputShapes().size() == 1) {
            return Map.of("input", array(samples, one.input(), one.takesIndices(0)));
        }
        Map<String, Ort.Array> inputs = new LinkedHashMap<>();
        List<Matrix> parts = model.splitInputs(samples);
        for (int i = 0; i < parts.size(); i++) {
            boolean indices = one.takesIndices(i);
            inputs.put("input_" + i, array(parts.get(i), model.inputShapes().get(i), indices));
        }
        return inputs;
    }

    private static Ort.Array array(Matrix samples, Shape shape, boolean indices) {
        float[] numbers = new float[samples.size()];
        long[] whole = new long[samples.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = samples.at(i / samples.cols(), i % samples.cols());
            whole[i] = (long) numbers[i];
        }
        long[] dimensions = new long[shape.rank() + 1];
        dimensions[0] = samples.rows();
        for (int axis = 0; axis < shape.rank(); axis++) {
            dimensions[axis + 1] = shape.dimension(axis);
        }
        return new Ort.Array(indices ? whole : numbers, dimensions);
    }

    @Test
    void everyLayerOfTheLibraryIsAmongTheCases() {
        Set<String> covered = new TreeSet<>();
        cases().forEach(one -> collect(one.model(), covered));
        assertEquals(new TreeSet<>(LayerTypes.standard().names()), covered);
    }

    private static void collect(Layer layer, Set<String> names) {
        names.add(layer.getClass().getSimpleName());
        layer.children().values().forEach(child -> collect(child, names));
    }

    @Test
    void layerOfAProgramIsRefusedWithItsPlace() {
        Sequential model = new Sequential(new Linear(2, 3), new Sequential(new ReLU(), new Own()));
        assertRefused("layer 1.1 is a " + Own.class.getName(), new OnnxExport(model), 2);
        Lambda lambda = new Lambda("mine", (x, y) -> {}, (x, y, dy, dx) -> {});
        assertRefused("Lambda", new OnnxExport(new Sequential(lambda)), 2);
    }

    private static void assertRefused(String part, OnnxExport export, int... shape) {
        export.inputShape(new Shape(shape));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, export::model);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** A layer that nobody knows. */
    private static final class Own implements Layer {
        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shapeThatNobodyTellsIsAskedFor() {
        OnnxExport export = new OnnxExport(new Sequential(new ReLU()));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, export::model);
        assertTrue(e.getMessage().contains("inputShape"), e.getMessage());
    }

    @Test
    void namesAreThoseOfTheProgram() throws IOException {
        Path file = file("names");
        new OnnxExport(new Linear(2, 3))
                .inputShape(new Shape(2))
                .inputNames("points")
                .outputNames("logits")
                .metadata("made for", "a test")
                .write(file);
        OnnxModel model = OnnxFile.read(file);
        assertEquals("points: float batch x 2", model.graph().inputs().getFirst().toString());
        assertEquals("logits: float batch x 3", model.graph().outputs().getFirst().toString());
        assertEquals("a test", model.metadata().get("made for"));
        List<String> arrays =
                model.graph().initializers().stream().map(OnnxTensor::toString).toList();
        assertEquals(List.of("weight: float 3x2", "bias: float 3"), arrays);
        assertEquals(1, model.graph().nodes().size());
    }

    @Test
    void inputsThatEmbeddingsAloneTakeAreWholeNumbers() {
        Input ids = new Input(3);
        Input both = new Input(2);
        Value first = ids.then(new Sequential(new Embedding(5, 2), new Flatten()));
        Value second = both.then(new Embedding(5, 2), new Flatten());
        Model model = new Model(List.of(ids, both), List.of(Value.concat(first, second, both)));
        OnnxGraph graph = new OnnxExport(model).model().graph();
        assertEquals(OnnxType.INT64, graph.inputs().get(0).type());
        assertEquals(OnnxType.FLOAT, graph.inputs().get(1).type());
        OnnxGraph scaled = new OnnxExport(model).scaleInputs(2, 0).model().graph();
        assertEquals(OnnxType.FLOAT, scaled.inputs().get(0).type());
    }

    @Test
    void namesOfAModelFileAreTaken() throws IOException {
        Path saved = folder.resolve("model.safetensors");
        new ModelFile(new Sequential(new Linear(2, 2)))
                .inputShape(new Shape(2))
                .inputNames("a")
                .outputNames("b")
                .labels("no", "yes")
                .save(saved);
        OnnxModel model = OnnxExport.of(ModelFile.open(saved)).model();
        assertEquals("a", model.graph().inputs().getFirst().name());
        assertEquals("b", model.graph().outputs().getFirst().name());
        assertEquals("no\nyes", model.metadata().get("labels"));
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        OnnxExport export = new OnnxExport(new Linear(2, 2));
        for (List<String> names : List.of(List.of("a", "b"), List.of(""), List.<String>of())) {
            String[] array = names.toArray(String[]::new);
            assertThrows(IllegalArgumentException.class, () -> export.inputNames(array));
            assertThrows(IllegalArgumentException.class, () -> export.outputNames(array));
        }
    }

    @Test
    void inputsCanBeScaledInTheFile() throws IOException {
        Path file = file("scaled");
        Sequential model = new Sequential(new Linear(2, 3));
        new OnnxExport(model).inputShape(new Shape(2)).scaleInputs(2, -1).write(file);
        float[] inputs = {0.5f, 3};
        float[] found = Ort.run(file, Map.of("input", new Ort.Array(inputs, 1, 2))).get("output");
        Matrix scaled = new Matrix(new float[] {0, 5}, 0, 1, 2, 2);
        Matrix expected = model.bind(new Shape(2), Workspace.inference(1)).forward(scaled);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected.at(0, i), found[i], 1e-5f);
        }
    }

    @Test
    void sharedLayersShareTheirArrays() {
        Linear shared = new Linear(3, 3);
        OnnxModel model =
                new OnnxExport(new Sequential(shared, new ReLU(), shared))
                        .inputShape(new Shape(3))
                        .model();
        List<String> names = new ArrayList<>();
        model.graph().initializers().forEach(array -> names.add(array.name()));
        assertEquals(List.of("0.weight", "0.bias"), names);
    }
}
