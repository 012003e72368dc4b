package io.github.lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class LossTest {

    private final LossPass crossEntropy =
            new SoftmaxCrossEntropy().bind(new Shape(3), Workspace.training(2));
    private final LossPass squaredError = new MSELoss().bind(new Shape(3), Workspace.inference(2));

    @Test
    void evenLogitsCostTheLogarithmOfTheClasses() {
        float loss = crossEntropy.forward(Matrix.zeros(2, 3), Targets.labels(0, 2));
        assertEquals(Math.log(3), loss, 1e-6);
    }

    @Test
    void nanLogitsGiveANanLoss() {
        Matrix logits = Matrix.zeros(2, 3);
        logits.data()[4] = Float.NaN;
        assertTrue(Float.isNaN(crossEntropy.forward(logits, Targets.labels(0, 2))));
    }

    @Test
    void targetsOfTheWrongKindAreRefused() {
        assertRefused(
                "SoftmaxCrossEntropy: targets have 1 numbers a sample, predictions 3; give as many"
                        + " probabilities, or the numbers of classes by Targets.labels",
                () -> crossEntropy.forward(Matrix.zeros(2, 3), Targets.values(Matrix.zeros(2, 1))));
        assertRefused(
                "MSELoss: targets are class labels; give Targets.values(rows)",
                () -> squaredError.forward(Matrix.zeros(2, 3), Targets.labels(0, 1)));
    }

    @Test
    void imagesOfScoresAreRefused() {
        assertRefused(
                "MultiMarginLoss: scores are 2x3; they must be one row of classes",
                () -> new MultiMarginLoss().bind(new Shape(2, 3), Workspace.training(1)));
    }

    @Test
    void backwardNeedsAForwardCallAndATrainingPass() {
        IllegalStateException early =
                assertThrows(IllegalStateException.class, crossEntropy::backward);
        assertEquals(
                "backward: SoftmaxCrossEntropy(): no forward call came before; call forward first",
                early.getMessage());
        IllegalStateException inference =
                assertThrows(IllegalStateException.class, squaredError::backward);
        assertEquals(
                "backward: MSELoss(): the pass is for inference;"
                        + " bind it with Workspace.training(batch)",
                inference.getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused(
                "HuberLoss: delta is 0.0; it must be above 0, and finite", () -> new HuberLoss(0));
        assertRefused(
                "SmoothL1Loss: beta is -1.0; it must be 0 or more", () -> new SmoothL1Loss(-1));
        assertRefused(
                "SoftmaxCrossEntropy: label smoothing is 2.0; it must be from 0 to 1",
                () -> new SoftmaxCrossEntropy().labelSmoothing(2));
        assertRefused(
                "SoftmaxCrossEntropy: 2 class weights for 3 classes; give one for each",
                () -> bind(new SoftmaxCrossEntropy().weight(1, 2), 3, 1));
        assertRefused(
                "BCEWithLogitsLoss: positive weight is 1x2; predictions have 3 features, it must be"
                        + " 1x3",
                () -> bind(new BCEWithLogitsLoss().posWeight(1, 2), 3, 1));
        assertRefused(
                "BCEWithLogitsLoss: weight is 4x3; predictions have 3 features, it must be 1x3 or"
                        + " 2x3",
                () -> bind(new BCEWithLogitsLoss().weight(Matrix.zeros(4, 3)), 3, 2));
    }

    @Test
    void lossesPrintTheirArguments() {
        assertEquals("HuberLoss(delta=2.0)", new HuberLoss(2).toString());
        assertEquals("L1Loss(reduction=sum)", new L1Loss(Reduction.SUM).toString());
        assertEquals(
                "SoftmaxCrossEntropy(labelSmoothing=0.1, ignoreIndex=3, reduction=sum)",
                new SoftmaxCrossEntropy()
                        .labelSmoothing(0.1f)
                        .ignoreIndex(3)
                        .reduction(Reduction.SUM)
                        .toString());
        assertEquals(
                "BCEWithLogitsLoss(positive weight)",
                new BCEWithLogitsLoss().posWeight(1, 2).toString());
    }

    @Test
    void ignoredSamplesNeitherCostNorCount() {
        LossPass pass = bind(new SoftmaxCrossEntropy(), 3, 2);
        Matrix logits = Matrix.copyOf(new float[][] {{1, 2, 3}, {5, 5, 9}});
        float both = pass.forward(logits, Targets.labels(1, -100));
        LossPass alone = bind(new SoftmaxCrossEntropy(), 3, 1);
        assertEquals(alone.forward(logits.rowRange(0, 1), Targets.labels(1)), both, 1e-6);
        assertEquals(0f, pass.backward().at(1, 0) + 0f);
        assertTrue(Float.isNaN(pass.forward(logits, Targets.labels(-100, -100))));
        assertEquals(0f, pass.backward().at(0, 2) + 0f);
    }

    /** Values worked out by hand from PyTorch's definitions. */
    @Test
    void lossesWithoutGoldenFilesFollowTheirDefinitions() {
        Matrix x = Matrix.row(-0.5f, 0.25f, 2f);
        Targets signs = Targets.values(Matrix.row(1, -1, 1));
        assertEquals((1.5 + 1.25 + 0) / 3, bind(new HingeLoss(), 3, 1).forward(x, signs), 1e-6);
        assertEquals(
                (-0.5 + 0.75 + 2) / 3,
                bind(new HingeEmbeddingLoss(), 3, 1).forward(x, signs),
                1e-6);
        assertEquals(
                Math.log1p(Math.exp(0.5)) + Math.log1p(Math.exp(0.25)) + Math.log1p(Math.exp(-2)),
                bind(new SoftMarginLoss(Reduction.SUM), 3, 1).forward(x, signs),
                1e-6);
        Targets shares = Targets.values(Matrix.row(0, 0.25f, 0.75f));
        double divergence = 0.25 * (Math.log(0.25) - 0.25) + 0.75 * (Math.log(0.75) - 2);
        Loss kl = new KLDivLoss(false, Reduction.BATCH_MEAN);
        assertEquals(divergence, bind(kl, 3, 1).forward(x, shares), 1e-6);
        Matrix logs = Matrix.row(-100, (float) Math.log(0.25), (float) Math.log(0.75));
        Loss ofLogs = new KLDivLoss(true, Reduction.BATCH_MEAN);
        assertEquals(divergence, bind(ofLogs, 3, 1).forward(x, Targets.values(logs)), 1e-6);
    }

    private static LossPass bind(Loss loss, int features, int batch) {
        return loss.bind(new Shape(features), Workspace.training(batch));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    static Stream<Executable> wrongNumbers() {
        return Stream.of(
                () -> new CosineEmbeddingLoss(5),
                () -> new CosineEmbeddingLoss(Float.NaN),
                () -> new SoftmaxCrossEntropy().weight(1, -1),
                () -> new SoftmaxCrossEntropy().weight(Float.NaN),
                () -> new SoftmaxCrossEntropy().labelSmoothing(1.5f),
                () -> new MultiMarginLoss(false, 1, List.of(-1f), Reduction.MEAN),
                () -> new HingeLoss(Float.NaN),
                () -> new HuberLoss(0),
                () -> new SmoothL1Loss(-1),
                () -> new TripletMarginLoss(1, -1e-6f, Reduction.MEAN));
    }

    @ParameterizedTest
    @MethodSource("wrongNumbers")
    void numbersOutOfRangeAreRefused(Executable loss) {
        assertThrows(IllegalArgumentException.class, loss);
    }
}
