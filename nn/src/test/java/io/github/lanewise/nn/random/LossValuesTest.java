package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.BCEWithLogitsLoss;
import io.github.lanewise.nn.loss.CosineEmbeddingLoss;
import io.github.lanewise.nn.loss.FocalLoss;
import io.github.lanewise.nn.loss.HingeLoss;
import io.github.lanewise.nn.loss.HuberLoss;
import io.github.lanewise.nn.loss.KLDivLoss;
import io.github.lanewise.nn.loss.L1Loss;
import io.github.lanewise.nn.loss.LogCoshLoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.MultiMarginLoss;
import io.github.lanewise.nn.loss.PoissonNLLLoss;
import io.github.lanewise.nn.loss.SmoothL1Loss;
import io.github.lanewise.nn.loss.SoftMarginLoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

/**
 * NaN and its like in predictions: no loss hides them, and one thread gives the bits of several.
 */
class LossValuesTest {

    private static final int CLASSES = 5;

    private static final List<Loss> OF_VALUES =
            List.of(
                    new MSELoss(),
                    new L1Loss(),
                    new HuberLoss(),
                    new SmoothL1Loss(),
                    new LogCoshLoss(),
                    new BCEWithLogitsLoss(),
                    new HingeLoss(),
                    new SoftMarginLoss(),
                    new FocalLoss(),
                    new KLDivLoss(true),
                    new PoissonNLLLoss(),
                    new CosineEmbeddingLoss());

    private static final List<Loss> OF_LABELS =
            List.of(
                    new SoftmaxCrossEntropy(),
                    new SoftmaxCrossEntropy().labelSmoothing(0.1f),
                    new SoftmaxCrossEntropy().weight(1, 2, 3, 4, 5),
                    new MultiMarginLoss());

    @TestFactory
    Stream<DynamicTest> noLossHidesNan() {
        return RandomSettings.forEachSeed(600, LossValuesTest::check);
    }

    private static void check(long seed) {
        Draw d = new Draw(seed, false);
        int batch = d.chance(0.8) ? d.among(1, 9) : d.among(10, 70);
        boolean labels = d.chance(0.4);
        Loss loss = d.pick(labels ? OF_LABELS : OF_VALUES);
        Targets targets = labels ? labels(d, batch) : Targets.values(probabilities(d, batch));
        Matrix predictions = d.gaussian(batch, CLASSES);
        float sound = forward(loss, predictions, targets, false);
        assertTrue(Float.isFinite(sound), () -> "%s of sound numbers is %s".formatted(loss, sound));
        predictions.data()[d.among(0, predictions.size() - 1)] = Float.NaN;
        float poisoned = forward(loss, predictions, targets, false);
        assertTrue(Float.isNaN(poisoned), () -> "%s hides NaN: %s".formatted(loss, poisoned));
        Matrix special = SpecialValues.strew(d, d.gaussian(batch, CLASSES), 4);
        assertEquals(
                forward(loss, special, targets, false),
                forward(loss, special, targets, true),
                loss::toString);
    }

    private static Matrix probabilities(Draw d, int batch) {
        Matrix rows = Matrix.zeros(batch, CLASSES);
        for (int i = 0; i < rows.size(); i++) {
            rows.data()[i] = d.real(0, 1);
        }
        return rows;
    }

    private static Targets labels(Draw d, int batch) {
        int[] classes = new int[batch];
        for (int i = 0; i < batch; i++) {
            classes[i] = d.among(0, CLASSES - 1);
        }
        return Targets.labels(classes);
    }

    private static float forward(Loss loss, Matrix predictions, Targets targets, boolean solo) {
        Workspace workspace = Workspace.training(predictions.rows());
        LossPass pass = loss.bind(new Shape(CLASSES), solo ? workspace.solo() : workspace);
        float cost = pass.forward(predictions, targets);
        pass.backward();
        return cost;
    }
}
