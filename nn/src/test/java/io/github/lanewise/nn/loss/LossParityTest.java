package io.github.lanewise.nn.loss;

import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.GoldenArguments;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Softmax;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** All cases of {@code losses.json} and {@code softmax_crossentropy.json}. */
class LossParityTest {

    static Stream<GoldenCase> losses() {
        return Golden.cases("losses");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossMatchesPyTorch(GoldenCase golden) {
        Matrix prediction = golden.input("prediction");
        LossPass pass = bind(loss(golden), prediction);
        golden.check("loss", pass.forward(prediction, Targets.values(golden.input("target"))));
        golden.check("dprediction", values(pass.backward()));
    }

    private static Loss loss(GoldenCase golden) {
        GoldenArguments args = golden.hyper().object("args");
        Reduction reduction = reduction(golden);
        return switch (golden.hyper().text("function")) {
            case "mse" -> new MSELoss(reduction);
            case "l1" -> new L1Loss(reduction);
            case "huber" -> new HuberLoss((float) args.number("delta"), reduction);
            case "smooth_l1" -> new SmoothL1Loss((float) args.number("beta"), reduction);
            case "bce_with_logits" ->
                    new BCEWithLogitsLoss(
                            golden.hasInput("weight") ? golden.input("weight") : null,
                            golden.hasInput("pos_weight") ? golden.input("pos_weight") : null,
                            reduction);
            default -> throw new IllegalArgumentException(golden.name());
        };
    }

    private static Reduction reduction(GoldenCase golden) {
        String name = golden.hyper().text("reduction");
        return Reduction.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static LossPass bind(Loss loss, Matrix predictions) {
        return loss.bind(new Shape(predictions.cols()), Workspace.training(predictions.rows()));
    }

    static Stream<GoldenCase> softmax() {
        return Golden.cases("softmax_crossentropy", "softmax");
    }

    /** Over another dimension than the last: that one is brought last first, and back after. */
    @ParameterizedTest
    @MethodSource("softmax")
    void softmaxMatchesPyTorch(GoldenCase golden) {
        Layer layer = golden.hyper().flag("log") ? new LogSoftmax() : new Softmax();
        int[] shape = golden.shape("x");
        int dim = Math.floorMod(golden.hyper().integer("dim"), shape.length);
        int classes = shape[dim];
        int after = Arrays.stream(shape).skip(dim + 1).reduce(1, Math::multiplyExact);
        Matrix x = lastTwoSwapped(golden.input("x"), classes, after);
        Pass pass = layer.bind(new Shape(classes), Workspace.training(x.rows()));
        Matrix y = pass.forward(x);
        Matrix dx = pass.backward(lastTwoSwapped(golden.input("dy"), classes, after));
        golden.check("y", values(lastTwoSwapped(y, after, classes)));
        golden.check("dx", values(lastTwoSwapped(dx, after, classes)));
    }

    /** Transposes each block of rows x cols. */
    private static Matrix lastTwoSwapped(Matrix all, int rows, int cols) {
        float[] x = values(all);
        float[] result = new float[x.length];
        for (int at = 0; at < x.length; at++) {
            int block = at / (rows * cols) * rows * cols;
            int i = (at - block) / cols;
            int j = (at - block) % cols;
            result[block + j * rows + i] = x[at];
        }
        return Matrix.of(result, x.length / rows, rows);
    }

    static Stream<GoldenCase> crossEntropy() {
        return Golden.cases("softmax_crossentropy", "cross_entropy");
    }

    @ParameterizedTest
    @MethodSource("crossEntropy")
    void crossEntropyMatchesPyTorch(GoldenCase golden) {
        Matrix logits = golden.input("logits");
        SoftmaxCrossEntropy loss =
                new SoftmaxCrossEntropy()
                        .labelSmoothing((float) golden.hyper().number("label_smoothing"));
        if (golden.hasInput("class_weights")) {
            loss = loss.weight(values(golden.input("class_weights")));
        }
        if (golden.hyper().has("ignore_index")) {
            loss = loss.ignoreIndex(golden.hyper().integer("ignore_index"));
        }
        Targets targets =
                golden.hasInput("targets")
                        ? Targets.labels(golden.integers("targets"))
                        : Targets.values(golden.input("target_probabilities"));
        if (golden.hyper().text("reduction").equals("none")) {
            checkEachSample(golden, loss.reduction(Reduction.SUM), logits, targets);
            return;
        }
        LossPass pass = bind(loss.reduction(reduction(golden)), logits);
        golden.check("loss", pass.forward(logits, targets));
        golden.check("dlogits", values(pass.backward()));
    }

    /** What PyTorch leaves unreduced is the loss of one sample at a time. */
    private static void checkEachSample(
            GoldenCase golden, Loss loss, Matrix logits, Targets targets) {
        Matrix dy = golden.input("dy");
        float[] losses = new float[logits.rows()];
        float[] gradients = new float[logits.size()];
        for (int i = 0; i < losses.length; i++) {
            Matrix row = logits.rowRange(i, i + 1);
            LossPass pass = bind(loss, row);
            Targets target =
                    targets instanceof Targets.Labels labels
                            ? Targets.labels(labels.classes()[i])
                            : Targets.values(
                                    golden.input("target_probabilities").rowRange(i, i + 1));
            losses[i] = pass.forward(row, target);
            for (int j = 0; j < row.cols(); j++) {
                gradients[i * row.cols() + j] = pass.backward().at(0, j) * dy.at(0, i);
            }
        }
        golden.check("loss", losses);
        golden.check("dlogits", gradients);
    }
}
