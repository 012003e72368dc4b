package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;

/** Steps whose gradients come from outside. */
class OpenStepTest {

    private static final int BATCH = 7;
    private static final Shape INPUT = new Shape(4);
    private static final Matrix X = gaussian(BATCH, 4, 1);
    private static final Matrix Y = gaussian(BATCH, 2, 2);

    private final Sequential model = model();

    private static Sequential model() {
        return new Sequential(new Linear(4, 6), new Tanh(), new Linear(6, 2));
    }

    private static LossPass loss() {
        return new MSELoss().bind(new Shape(2), Workspace.training(BATCH));
    }

    @Test
    void withTheLossOutsideItGivesTheBitsOfAStepWithOne() {
        Sequential other = model();
        TrainingStep closed = new TrainingStep(other, new MSELoss(), new Adam(0.1f), INPUT, BATCH);
        TrainingStep open = new TrainingStep(model, new Adam(0.1f), INPUT, BATCH);
        LossPass loss = loss();
        for (int i = 0; i < 4; i++) {
            float expected = closed.run(X, Targets.values(Y));
            assertEquals(expected, loss.forward(open.forward(X), Targets.values(Y)));
            open.backward(loss.backward());
            open.step();
        }
        assertArrayEquals(weights(other), weights(model));
    }

    @Test
    void backwardReturnsTheGradientOfTheInputs() {
        TrainingStep open = new TrainingStep(model, new SGD(0.1f), INPUT, BATCH);
        Pass pass = model.bind(INPUT, Workspace.training(BATCH));
        pass.forward(X);
        float[] expected = values(pass.backward(Y));
        open.forward(X);
        assertArrayEquals(expected, values(open.backward(Y)));
        open.clear();
        open.forward(X);
        assertArrayEquals(expected, values(open.inputGradient(Y)));
    }

    @Test
    void inputGradientLeavesTheParametersGradientsAlone() {
        TrainingStep open = new TrainingStep(model, new SGD(0.1f), INPUT, BATCH);
        open.forward(X);
        open.inputGradient(Y);
        assertTrue(model.parameters().values().stream().noneMatch(Param::hasGradient));
        open.forward(X);
        open.backward(Y);
        Matrix gradient = model.parameters().get("0.weight").gradient();
        float[] before = values(gradient);
        open.forward(X);
        open.inputGradient(gaussian(BATCH, 2, 9));
        assertArrayEquals(before, values(gradient));
        assertTrue(model.parameters().values().stream().allMatch(Param::hasGradient));
    }

    @Test
    void gradientsAddUpUntilTheStep() {
        Linear linear = new Linear(4, 2);
        TrainingStep open = new TrainingStep(linear, new SGD(1), INPUT, BATCH);
        float[] before = weights(linear);
        open.forward(X);
        open.backward(Y);
        float[] once = values(linear.weight().gradient());
        open.forward(X);
        open.backward(Y);
        float[] twice = values(linear.weight().gradient());
        for (int i = 0; i < once.length; i++) {
            assertEquals(2 * once[i], twice[i], 1e-5f);
        }
        open.step();
        for (int i = 0; i < once.length; i++) {
            assertEquals(before[i] - twice[i], weights(linear)[i]);
        }
        assertTrue(linear.parameters().values().stream().noneMatch(Param::hasGradient));
        open.step();
        assertEquals(before[0] - twice[0], weights(linear)[0]);
    }

    @Test
    void aFrozenModelStillGivesTheGradientOfItsInputs() {
        TrainingStep open = new TrainingStep(model, new SGD(0.1f), INPUT, BATCH);
        open.forward(X);
        float[] expected = values(open.backward(Y));
        open.clear();
        model.trainable(false);
        open.forward(X);
        assertArrayEquals(expected, values(open.backward(Y)));
        assertTrue(model.parameters().values().stream().noneMatch(Param::hasGradient));
    }

    @Test
    void callsOfTheOtherKindAreRefused() {
        TrainingStep open = new TrainingStep(model, new SGD(0.1f), INPUT, BATCH);
        TrainingStep closed = new TrainingStep(model, new MSELoss(), new SGD(1), INPUT, BATCH);
        assertEquals(
                "TrainingStep: run: it has no loss; give it one, or use forward, backward and step",
                assertThrows(IllegalStateException.class, () -> open.run(X, Targets.values(Y)))
                        .getMessage());
        assertThrows(IllegalStateException.class, open::losses);
        assertThrows(IllegalStateException.class, () -> open.backward(Y));
        assertThrows(IllegalStateException.class, () -> closed.forward(X));
        assertThrows(IllegalStateException.class, () -> closed.backward(Y));
        assertThrows(IllegalStateException.class, closed::step);
        open.forward(X);
        assertEquals(
                "TrainingStep: gradients are 7x4, the outputs are 7x2; give one for each output",
                assertThrows(IllegalArgumentException.class, () -> open.backward(X)).getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> open.backward(Matrix.zeros(BATCH - 1, 2)));
        assertThrows(
                IllegalArgumentException.class, () -> open.forward(Matrix.zeros(BATCH + 1, 4)));
    }
}
