package io.github.lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Losses at infinities, and of very many samples: each beside its exact value. */
class LossExtremesTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final int MILLION = 1_000_000;
    private static final float PLAIN = 1.3132617f;

    private static LossPass bind(Loss loss, int features, int batch) {
        return loss.bind(new Shape(features), Workspace.training(batch));
    }

    private static void assertCost(float expected, Loss loss, Matrix x, Targets targets) {
        LossPass pass = bind(loss, x.cols(), x.rows());
        assertEquals(expected, pass.forward(x, targets), 2 * Math.ulp(expected), loss.toString());
        for (float gradient : pass.backward().data()) {
            assertFalse(Float.isNaN(gradient), () -> "gradient of " + loss);
        }
    }

    @Test
    void aClassThatIsImpossibleCostsNothingWhereItIsNotTheTarget() {
        Matrix logits = Matrix.row(-INFINITY, 0, 1);
        assertCost(PLAIN, new SoftmaxCrossEntropy(), logits, Targets.labels(1));
        assertCost(PLAIN, new SoftmaxCrossEntropy().weight(1, 1, 1), logits, Targets.labels(1));
        assertCost(PLAIN, new SoftmaxCrossEntropy(), logits, Targets.values(Matrix.row(0, 1, 0)));
        Matrix two = Matrix.copyOf(new float[][] {{-INFINITY, 0, 1}, {1, 2, 3}});
        assertCost(PLAIN, new SoftmaxCrossEntropy(), two, Targets.labels(1, -100));
    }

    @Test
    void anIgnoredRowMayBeNan() {
        float nan = Float.NaN;
        Matrix logits = Matrix.copyOf(new float[][] {{-INFINITY, 0, 1}, {nan, nan, nan}});
        LossPass pass = bind(new SoftmaxCrossEntropy(), 3, 2);
        assertEquals(PLAIN, pass.forward(logits, Targets.labels(1, -100)), 2e-7f);
        Matrix gradient = pass.backward();
        for (int j = 0; j < 3; j++) {
            assertEquals(0, Math.abs(gradient.at(1, j)));
        }
    }

    @Test
    void divergencesOfImpossibleTargetsAreZero() {
        float half = (float) Math.log(0.5);
        assertCost(
                0.6931472f,
                new KLDivLoss(true, Reduction.SUM),
                Matrix.row(half, half),
                Targets.values(Matrix.row(-INFINITY, 0)));
    }

    @Test
    void certainAndRightAnswersCostNothing() {
        Matrix logits = Matrix.row(INFINITY, -INFINITY);
        Targets targets = Targets.values(Matrix.row(1, 0));
        assertCost(0, new BCEWithLogitsLoss(), logits, targets);
        assertCost(0, new BCEWithLogitsLoss().posWeight(3, 3), logits, targets);
    }

    @Test
    void aWeightOfZeroMasksAnElement() {
        Loss loss = new BCEWithLogitsLoss().weight(Matrix.row(0, 1)).reduction(Reduction.SUM);
        LossPass pass = bind(loss, 2, 1);
        Targets targets = Targets.values(Matrix.row(1, 1));
        assertEquals(0.6931472f, pass.forward(Matrix.row(Float.NaN, 0), targets), 1e-7f);
        assertArrayEquals(new float[] {0, -0.5f}, pass.backward().data());
    }

    @Test
    void aLossOfWeightZeroDoesNotCount() {
        JointLoss loss =
                new JointLoss(
                        List.of(new Shape(1), new Shape(1)),
                        List.of(new MSELoss(), new MSELoss()),
                        List.of(0f, 1f));
        LossPass pass = loss.bind(new Shape(2), Workspace.training(1));
        Targets zero = Targets.values(Matrix.row(0));
        assertEquals(9, pass.forward(Matrix.row(INFINITY, 3), Targets.several(zero, zero)));
        assertArrayEquals(new float[] {0, 6}, pass.backward().data());
    }

    @Test
    void theMeanOfAMillionEqualLossesIsTheLoss() {
        float x = 0.0999824f;
        Matrix rows = Matrix.zeros(MILLION, 1);
        Arrays.fill(rows.data(), x);
        Targets zeros = Targets.values(Matrix.zeros(MILLION, 1));
        assertEquals(x, bind(new L1Loss(), 1, MILLION).forward(rows, zeros));
    }

    @Test
    void smoothedCrossEntropyOfAMillionEvenRowsIsTheLogarithmOfTheClasses() {
        Loss loss = new SoftmaxCrossEntropy().labelSmoothing(0.1f);
        LossPass pass = loss.bind(new Shape(10), Workspace.inference(MILLION));
        float cost = pass.forward(Matrix.zeros(MILLION, 10), Targets.labels(new int[MILLION]));
        assertEquals(Math.log(10), cost, 1e-6);
    }

    @Test
    void aMeanOfLossesWhoseSumNoFloatHoldsIsRight() {
        Matrix rows = Matrix.zeros(100, 1);
        Arrays.fill(rows.data(), 1e19f);
        Targets zeros = Targets.values(Matrix.zeros(100, 1));
        assertEquals(1e38f, bind(new MSELoss(), 1, 100).forward(rows, zeros), 1e31f);
    }
}
