package io.github.lanewise.nn.loss;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

class JointLossTest {

    private static final Loss SQUARES = new MSELoss();
    private static final Loss ENTROPY = new SoftmaxCrossEntropy();

    private final Input x = new Input(4);
    private final Model model =
            new Model(List.of(x), List.of(x.then(new Linear(4, 3)), x.then(new Linear(4, 2))));

    @Test
    void lossIsTheWeightedSum() {
        Matrix joint = gaussian(6, 5, 1);
        List<Matrix> parts = model.splitOutputs(joint);
        Targets labels = Targets.labels(0, 1, 2, 2, 1, 0);
        Targets values = Targets.values(gaussian(6, 2, 2));
        float entropy = forward(ENTROPY, parts.get(0), labels);
        float squares = forward(SQUARES, parts.get(1), values);
        Loss loss = JointLoss.of(model, ENTROPY, SQUARES).weights(0.5f, 2);
        assertEquals(
                Math.fma(2, squares, 0.5f * entropy),
                forward(loss, joint, Targets.several(labels, values)));
    }

    private static float forward(Loss loss, Matrix predictions, Targets targets) {
        return loss.bind(new Shape(predictions.cols()), Workspace.inference(6))
                .forward(predictions, targets);
    }

    @Test
    void equalLossesAreEqual() {
        assertEquals(JointLoss.of(model, ENTROPY, SQUARES), JointLoss.of(model, ENTROPY, SQUARES));
        assertNotEquals(
                JointLoss.of(model, ENTROPY, SQUARES),
                JointLoss.of(model, ENTROPY, SQUARES).weights(1, 2));
    }

    @Test
    void wrongUseIsNamed() {
        assertRefused(
                "JointLoss: 1 losses and 1 weights for 2 outputs; give one for each",
                () -> JointLoss.of(model, ENTROPY));
        assertRefused(
                "JointLoss: weight is -1.0; it must be 0 or more",
                () -> JointLoss.of(model, ENTROPY, SQUARES).weights(1, -1));
        Loss loss = JointLoss.of(model, ENTROPY, SQUARES);
        assertRefused(
                "JointLoss: predictions are 6; the losses are for [3, 2] side by side",
                () -> loss.bind(new Shape(6), Workspace.inference(1)));
        Loss scores = new MultiMarginLoss();
        Loss wrong = new JointLoss(List.of(new Shape(2, 2)), List.of(scores), List.of(1f));
        assertRefused(
                "JointLoss[0] MultiMarginLoss: scores are 2x2; they must be one row of classes",
                () -> wrong.bind(new Shape(2, 2), Workspace.inference(1)));
        assertRefused(
                "JointLoss: targets are not of 2 parts; give Targets.several(...)",
                () -> forward(loss, gaussian(6, 5, 1), Targets.labels(0, 0, 0, 0, 0, 0)));
    }

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage());
    }
}
