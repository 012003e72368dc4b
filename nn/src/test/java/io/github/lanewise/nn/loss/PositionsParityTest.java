package io.github.lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * PyTorch's losses of a label for each step or pixel, and of weighted samples: {@code
 * positions.json}, which {@code positions.py} makes.
 */
class PositionsParityTest {

    private static final double TOLERANCE = 2e-6;

    static Stream<Arguments> cases() throws IOException {
        try (var file = PositionsParityTest.class.getResourceAsStream("positions.json")) {
            JsonNode root = new ObjectMapper().readTree(file);
            return StreamSupport.stream(root.spliterator(), false).map(Arguments::new);
        }
    }

    record Arguments(JsonNode node) {
        float[] numbers(String name) {
            float[] numbers = new float[node.path(name).size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) node.get(name).get(i).asDouble();
            }
            return numbers;
        }

        int[] integers(String name) {
            int[] numbers = new int[node.path(name).size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = node.get(name).get(i).asInt();
            }
            return numbers;
        }

        String name() {
            return node.get("name").asText();
        }

        Reduction reduction() {
            return Reduction.valueOf(node.get("reduction").asText().toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return name() + " " + reduction();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossMatchesPyTorch(Arguments golden) {
        Shape shape = new Shape(golden.integers("shape"));
        float[] data = golden.numbers("predictions");
        int batch = data.length / shape.features();
        Matrix predictions = Matrix.of(data, batch, shape.features());
        LossPass pass = loss(golden, shape).bind(shape, Workspace.training(batch));
        Targets targets = targets(golden, batch);
        pass.check(targets);
        near(golden.node.get("loss").asDouble(), pass.forward(predictions, targets), "loss");
        near(golden.numbers("gradient"), pass.backward().data(), "gradient");
        Matrix losses = pass.losses();
        assertEquals(batch, losses.rows());
        near(golden.numbers("losses"), losses.data(), "losses");
    }

    private static Loss loss(Arguments golden, Shape shape) {
        Reduction reduction = golden.reduction();
        return switch (golden.name()) {
            case "MSELoss" -> new MSELoss(reduction);
            case "L1Loss" -> new L1Loss(reduction);
            case "HuberLoss" -> new HuberLoss(1, reduction);
            case "SmoothL1Loss" -> new SmoothL1Loss(1, reduction);
            case "BCEWithLogitsLoss" -> new BCEWithLogitsLoss().reduction(reduction);
            case "SoftMarginLoss" -> new SoftMarginLoss(reduction);
            case "HingeEmbeddingLoss" -> new HingeEmbeddingLoss().reduction(reduction);
            case "KLDivLoss" -> new KLDivLoss().reduction(reduction);
            case "CosineEmbeddingLoss" -> new CosineEmbeddingLoss().reduction(reduction);
            case "MultiMarginLoss" -> new MultiMarginLoss().reduction(reduction);
            default -> crossEntropy(golden, shape);
        };
    }

    private static Loss crossEntropy(Arguments golden, Shape shape) {
        SoftmaxCrossEntropy loss =
                new SoftmaxCrossEntropy()
                        .labelSmoothing((float) golden.node.get("smoothing").asDouble())
                        .weight(golden.numbers("classWeights"))
                        .ignoreIndex(golden.node.get("ignore").asInt())
                        .reduction(golden.reduction());
        boolean series = shape.rank() == 2 && golden.node.get("classesFirst").asBoolean();
        return series ? loss.classAxis(ClassAxis.FIRST) : loss;
    }

    private static Targets targets(Arguments golden, int batch) {
        Targets targets;
        if (golden.node.has("labels")) {
            int[] labels = golden.integers("labels");
            targets = new Targets.Labels(labels, labels.length / batch);
        } else {
            String name = golden.node.has("values") ? "values" : "probabilities";
            float[] rows = golden.numbers(name);
            targets = Targets.values(Matrix.of(rows, batch, rows.length / batch));
        }
        float[] weights = golden.numbers("weights");
        return weights.length == 0 ? targets : Targets.weighted(targets, weights);
    }

    private static void near(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            near(expected[i], actual[i], what + "[" + i + "]");
        }
    }

    private static void near(double expected, double actual, String what) {
        assertEquals(expected, actual, TOLERANCE * (1 + Math.abs(expected)), what);
    }
}
