package io.github.lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** The gradient of every loss against central differences. */
class LossGradientTest {

    private static final int BATCH = 6;

    static Stream<Loss> ofLabels() {
        SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
        return Stream.of(
                plain,
                plain.reduction(Reduction.SUM),
                plain.reduction(Reduction.BATCH_MEAN).labelSmoothing(0.1f),
                plain.labelSmoothing(0.2f).weight(0.5f, 1, 2, 0.25f),
                plain.weight(0.5f, 1, 2, 0.25f).ignoreIndex(2),
                plain.ignoreIndex(0));
    }

    @ParameterizedTest
    @MethodSource("ofLabels")
    void lossOfLabelsAgreesWithCentralDifferences(Loss loss) {
        Targets labels = Targets.labels(0, 3, 2, 2, 1, 0);
        GradientCheck.Result result = GradientCheck.of(loss, new Shape(4), labels, 1);
        assertTrue(result.passed(), result::toString);
        assertEquals(24, result.checked());
    }

    static Stream<Loss> ofValues() {
        return Stream.of(
                new MSELoss(),
                new MSELoss(Reduction.SUM),
                new L1Loss(),
                new HuberLoss(),
                new HuberLoss(0.4f, Reduction.SUM),
                new SmoothL1Loss(),
                new SmoothL1Loss(0.4f),
                new SmoothL1Loss(0),
                new BCEWithLogitsLoss(),
                new BCEWithLogitsLoss()
                        .posWeight(1, 2, 3, 0.5f)
                        .weight(Matrices.gaussian(BATCH, 4, 3)),
                new BCEWithLogitsLoss().weight(Matrix.row(1, 2, 3, 4)).reduction(Reduction.SUM),
                new KLDivLoss(true),
                new HingeLoss(),
                new SoftMarginLoss());
    }

    @ParameterizedTest
    @MethodSource("ofValues")
    void lossOfValuesAgreesWithCentralDifferences(Loss loss) {
        Targets values = Targets.values(Matrices.gaussian(BATCH, 4, 9));
        GradientCheck.Result result = GradientCheck.of(loss, new Shape(4), values, 1);
        assertTrue(result.passed(), result::toString);
    }

    static Stream<Loss> ofProbabilities() {
        return Stream.of(
                new KLDivLoss(),
                new KLDivLoss(false, Reduction.BATCH_MEAN),
                new SoftmaxCrossEntropy(),
                new SoftmaxCrossEntropy().labelSmoothing(0.1f).weight(1, 2, 3, 4));
    }

    @ParameterizedTest
    @MethodSource("ofProbabilities")
    void lossOfProbabilitiesAgreesWithCentralDifferences(Loss loss) {
        Matrix rows = Matrices.gaussian(BATCH, 4, 9);
        Pass softmax = new Softmax().bind(new Shape(4), Workspace.inference(BATCH));
        Targets values = Targets.values(softmax.forward(rows));
        GradientCheck.Result result = GradientCheck.of(loss, new Shape(4), values, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void hingeEmbeddingAgreesWithCentralDifferences() {
        Matrix signs = Matrices.gaussian(BATCH, 4, 9);
        for (int i = 0; i < signs.size(); i++) {
            signs.data()[i] = Math.signum(signs.data()[i]);
        }
        GradientCheck.Result result =
                GradientCheck.of(
                        new HingeEmbeddingLoss(0.7f), new Shape(4), Targets.values(signs), 1);
        assertTrue(result.passed(), result::toString);
    }

    static Stream<Loss> ofScores() {
        return Stream.of(
                new MultiMarginLoss(),
                new MultiMarginLoss(true, 0.5f, List.of(1f, 2f, 3f, 4f), Reduction.SUM));
    }

    @ParameterizedTest
    @MethodSource("ofScores")
    void multiMarginAgreesWithCentralDifferences(Loss loss) {
        Targets labels = Targets.labels(0, 3, 2, 2, 1, 0);
        GradientCheck.Result result = GradientCheck.of(loss, new Shape(4), labels, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void cosineEmbeddingAgreesWithCentralDifferences() {
        Loss loss = new CosineEmbeddingLoss(0.1f, Reduction.MEAN);
        Targets rows = Targets.values(Matrices.gaussian(BATCH, 5, 9));
        GradientCheck.Result result = GradientCheck.of(loss, new Shape(5), rows, 1);
        assertTrue(result.passed(), result::toString);
        Targets signs = Targets.labels(1, -1, -1, 1, -1, -1);
        GradientCheck.Result ofPairs = GradientCheck.of(loss, new Shape(2, 5), signs, 1);
        assertTrue(ofPairs.passed(), ofPairs::toString);
    }

    @Test
    void tripletMarginAgreesWithCentralDifferences() {
        Targets nothing = Targets.values(Matrix.zeros(BATCH, 0));
        GradientCheck.Result result =
                GradientCheck.of(new TripletMarginLoss(), new Shape(3, 5), nothing, 1);
        assertTrue(result.passed(), result::toString);
    }
}
