package io.github.lanewise.nn.loss;

import static io.github.lanewise.nn.Matrices.values;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Softmax;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Locale;
import java.util.stream.Stream;

/** All cases of {@code losses.json} and {@code softmax_crossentropy.json}. */
class LossParityTest {

    static Stream<Golden.Case> losses() {
        return Golden.cases("losses");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossMatchesPyTorch(Golden.Case golden) {
        Matrix prediction = golden.input("prediction");
        LossPass pass = bind(loss(golden), prediction);
        golden.check("loss", pass.forward(prediction, Targets.values(golden.input("target"))));
        golden.check("dprediction", values(pass.backward()));
    }

    private static Loss loss(Golden.Case golden) {
        JsonNode args = golden.hyper().get("args");
        Reduction reduction = reduction(golden);
        return switch (golden.hyper().get("function").asText()) {
            case "mse" -> new MSELoss(reduction);
            case "l1" -> new L1Loss(reduction);
            case "huber" -> new HuberLoss((float) args.get("delta").asDouble(), reduction);
            case "smooth_l1" -> new SmoothL1Loss((float) args.get("beta").asDouble(), reduction);
            case "bce_with_logits" ->
                    new BCEWithLogitsLoss(
                            golden.hasInput("weight") ? golden.input("weight") : null,
                            golden.hasInput("pos_weight") ? golden.input("pos_weight") : null,
                            reduction);
            default -> throw new IllegalArgumentException(golden.name());
        };
    }

    private static Reduction reduction(Golden.Case golden) {
        String name = golden.hyper().get("reduction").asText();
        return Reduction.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static LossPass bind(Loss loss, Matrix predictions) {
        return loss.bind(new Shape(predictions.cols()), Workspace.training(predictions.rows()));
    }

    static Stream<Golden.Case> softmax() {
        return Golden.cases("softmax_crossentropy")
                .filter(c -> c.node().get("op").asText().equals("softmax"));
    }

    /** Over another dimension than the last: that one is brought last first, and back after. */
    @ParameterizedTest
    @MethodSource("softmax")
    void softmaxMatchesPyTorch(Golden.Case golden) {
        Layer layer = golden.hyper().get("log").asBoolean() ? new LogSoftmax() : new Softmax();
        boolean middle = golden.node().get("inputs").get("x").get("shape").size() == 3;
        Matrix x = middle ? lastTwoSwapped(golden, "x") : golden.input("x");
        Matrix dy = middle ? lastTwoSwapped(golden, "dy") : golden.input("dy");
        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        Matrix y = pass.forward(x);
        Matrix dx = pass.backward(dy);
        golden.check("y", middle ? swappedBack(golden, y) : values(y));
        golden.check("dx", middle ? swappedBack(golden, dx) : values(dx));
    }

    private static Matrix lastTwoSwapped(Golden.Case golden, String name) {
        JsonNode shape = golden.node().get("inputs").get(name).get("shape");
        int rows = shape.get(1).asInt();
        int cols = shape.get(2).asInt();
        float[] data = swapped(values(golden.input(name)), rows, cols);
        return Matrix.of(data, data.length / rows, rows);
    }

    private static float[] swappedBack(Golden.Case golden, Matrix x) {
        JsonNode shape = golden.node().get("inputs").get("x").get("shape");
        return swapped(values(x), shape.get(2).asInt(), shape.get(1).asInt());
    }

    /** Transposes each block of rows x cols. */
    private static float[] swapped(float[] x, int rows, int cols) {
        float[] result = new float[x.length];
        for (int at = 0; at < x.length; at++) {
            int block = at / (rows * cols) * rows * cols;
            int i = (at - block) / cols;
            int j = (at - block) % cols;
            result[block + j * rows + i] = x[at];
        }
        return result;
    }

    static Stream<Golden.Case> crossEntropy() {
        return Golden.cases("softmax_crossentropy")
                .filter(c -> c.node().get("op").asText().equals("cross_entropy"))
                .filter(c -> !c.hyper().get("reduction").asText().equals("none"));
    }

    @ParameterizedTest
    @MethodSource("crossEntropy")
    void crossEntropyMatchesPyTorch(Golden.Case golden) {
        Matrix logits = golden.input("logits");
        SoftmaxCrossEntropy loss =
                new SoftmaxCrossEntropy()
                        .labelSmoothing((float) golden.hyper().get("label_smoothing").asDouble())
                        .reduction(reduction(golden));
        if (golden.hasInput("class_weights")) {
            loss = loss.weight(values(golden.input("class_weights")));
        }
        if (golden.hyper().has("ignore_index")) {
            loss = loss.ignoreIndex(golden.hyper().get("ignore_index").asInt());
        }
        Targets targets =
                golden.hasInput("targets")
                        ? Targets.labels(golden.integers("targets"))
                        : Targets.values(golden.input("target_probabilities"));
        LossPass pass = bind(loss, logits);
        golden.check("loss", pass.forward(logits, targets));
        golden.check("dlogits", values(pass.backward()));
    }

    static Stream<Golden.Case> unreducedCrossEntropy() {
        return Golden.cases("softmax_crossentropy")
                .filter(c -> c.hyper().path("reduction").asText().equals("none"));
    }

    /** What PyTorch leaves unreduced is the loss of one sample at a time. */
    @ParameterizedTest
    @MethodSource("unreducedCrossEntropy")
    void crossEntropyOfEachSampleMatchesPyTorch(Golden.Case golden) {
        Matrix logits = golden.input("logits");
        int[] labels = golden.integers("targets");
        Matrix dy = golden.input("dy");
        float[] losses = new float[labels.length];
        float[] gradients = new float[logits.size()];
        for (int i = 0; i < labels.length; i++) {
            Matrix row = logits.rowRange(i, i + 1);
            LossPass pass = bind(new SoftmaxCrossEntropy(), row);
            losses[i] = pass.forward(row, Targets.labels(labels[i]));
            for (int j = 0; j < row.cols(); j++) {
                gradients[i * row.cols() + j] = pass.backward().at(0, j) * dy.at(0, i);
            }
        }
        golden.check("loss", losses);
        golden.check("dlogits", gradients);
    }
}
