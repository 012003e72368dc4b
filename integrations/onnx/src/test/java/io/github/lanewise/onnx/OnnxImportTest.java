package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.file.Npz;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Models that PyTorch has exported, against PyTorch's numbers and ONNX Runtime. */
class OnnxImportTest {

    private static final int BATCH = 4;

    @TempDir Path folder;

    static Path resource(String name) {
        try {
            return Path.of(OnnxImportTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> models() {
        return Stream.of(
                        "mlp",
                        "cnn",
                        "resnet",
                        "lstm",
                        "gru",
                        "transformer",
                        "mixed",
                        "decoder",
                        "mobile",
                        "conv1d")
                .flatMap(
                        name ->
                                name.equals("mlp")
                                        ? Stream.of("mlp-script", "mlp-dynamo", "mlp-outside")
                                        : Stream.of(name + "-script", name + "-dynamo"));
    }

    /** The numbers that PyTorch had. */
    private record Numbers(float[] inputs, float[] outputs, float[] targets, float[] losses) {

        static Numbers of(String model, Model made) throws IOException {
            try (TensorFile file = Npz.open(resource(model.split("-")[0] + ".npz"))) {
                Matrix all = Matrix.zeros(BATCH, made.inputShape().features());
                List<Matrix> parts = made.splitInputs(all);
                for (int i = 0; i < parts.size(); i++) {
                    float[] x = file.readFloats("x" + i);
                    Matrix part = parts.get(i);
                    for (int row = 0; row < BATCH; row++) {
                        System.arraycopy(
                                x,
                                row * part.cols(),
                                part.data(),
                                part.offset() + row * part.ld(),
                                part.cols());
                    }
                }
                return new Numbers(
                        all.data(),
                        file.readFloats("y"),
                        file.readFloats("target"),
                        file.readFloats("losses"));
            }
        }

        Matrix samples() {
            return Matrix.of(inputs, BATCH, inputs.length / BATCH);
        }
    }

    private static float[] ask(Layer model, Matrix samples) {
        InferenceSession session = InferenceSession.of(model, BATCH);
        Matrix y = session.predict(samples);
        return Arrays.copyOfRange(y.data(), y.offset(), y.offset() + y.size());
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersAsPyTorchDoes(String name) throws IOException {
        Model model = OnnxImport.load(resource(name + ".onnx"));
        Numbers numbers = Numbers.of(name, model);
        assertArrayEquals(numbers.outputs(), ask(model, numbers.samples()), 2e-6f);
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersAsOnnxRuntimeDoes(String name) throws IOException {
        Comparison found = Comparison.of(resource(name + ".onnx"));
        assertTrue(found.size() > 0.1 && found.isClose(), found::toString);
    }

    @ParameterizedTest
    @MethodSource("models")
    void tenStepsOfTrainingHavePyTorchsLosses(String name) throws IOException {
        Model model = OnnxImport.load(resource(name + ".onnx"));
        Numbers numbers = Numbers.of(name, model);
        Matrix samples = numbers.samples();
        Matrix targets = Matrix.of(numbers.targets(), BATCH, numbers.targets().length / BATCH);
        Pass pass = model.bind(model.inputShape(), Workspace.training(BATCH));
        SGD optimizer = new SGD(0.05f);
        float[] losses = new float[numbers.losses().length];
        for (int step = 0; step < losses.length; step++) {
            Matrix y = pass.forward(samples);
            double sum = 0;
            Matrix gradient = Matrix.zeros(BATCH, y.cols());
            for (int i = 0; i < BATCH; i++) {
                for (int j = 0; j < y.cols(); j++) {
                    double difference = y.at(i, j) - targets.at(i, j);
                    sum += difference * difference;
                    gradient.data()[i * y.cols() + j] =
                            (float) (2 * difference / (BATCH * y.cols()));
                }
            }
            losses[step] = (float) (sum / (BATCH * y.cols()));
            pass.backward(gradient);
            optimizer.step(List.copyOf(model.parameters().values()));
            model.parameters().values().forEach(p -> p.clearGradient());
        }
        assertTrue(numbers.losses()[9] < 0.999 * numbers.losses()[0], "nothing was learnt");
        assertArrayEquals(numbers.losses(), losses, 2e-5f * numbers.losses()[0]);
    }

    @ParameterizedTest
    @MethodSource("models")
    void isSavedAndComesBack(String name) throws IOException {
        ModelFile made = OnnxImport.of(resource(name + ".onnx")).open();
        Path file = folder.resolve("model.safetensors");
        made.save(file);
        ModelFile back = ModelFile.open(file);
        assertEquals(made.inputNames(), back.inputNames());
        assertEquals(List.of("y"), back.outputNames());
        Numbers numbers = Numbers.of(name, (Model) made.model());
        assertArrayEquals(
                ask(made.model(), numbers.samples()), ask(back.model(), numbers.samples()), 0);
    }
}
