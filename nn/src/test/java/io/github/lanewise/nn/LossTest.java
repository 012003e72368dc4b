package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Test;

class LossTest {

    private final LossPass crossEntropy =
            new SoftmaxCrossEntropy().bind(new Shape(3), Workspace.training(2));
    private final LossPass squaredError =
            new MeanSquaredError().bind(new Shape(3), Workspace.inference(2));

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
                "SoftmaxCrossEntropy: targets are rows of numbers; give Targets.labels(classes)",
                () -> crossEntropy.forward(Matrix.zeros(2, 3), Targets.values(Matrix.zeros(2, 3))));
        assertRefused(
                "MeanSquaredError: targets are class labels; give Targets.values(rows)",
                () -> squaredError.forward(Matrix.zeros(2, 3), Targets.labels(0, 1)));
    }

    @Test
    void imagesOfLogitsAreRefused() {
        assertRefused(
                "SoftmaxCrossEntropy: logits are 2x3; they must be one row of classes",
                () -> new SoftmaxCrossEntropy().bind(new Shape(2, 3), Workspace.training(1)));
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
                "backward: MeanSquaredError(): the pass is for inference;"
                        + " bind it with Workspace.training(batch)",
                inference.getMessage());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
