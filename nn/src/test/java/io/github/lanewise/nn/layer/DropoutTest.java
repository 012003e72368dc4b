package io.github.lanewise.nn.layer;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.SameDraws;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.GradientCheck;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class DropoutTest {

    private static final int BATCH = 40;
    private static final int FEATURES = 50;

    @Test
    void inferencePassesEverythingOn() {
        Matrix x = gaussian(BATCH, FEATURES, 1);
        Pass pass = new Dropout().bind(new Shape(FEATURES), Workspace.inference(BATCH));
        assertArrayEquals(values(x), values(pass.forward(x)));
    }

    @Test
    void trainingDropsItsShareAndScalesTheRest() {
        Matrix x = gaussian(BATCH, FEATURES, 1);
        float[] y = values(train(new Dropout(0.2f), x));
        int dropped = 0;
        for (int i = 0; i < y.length; i++) {
            dropped += y[i] == 0 ? 1 : 0;
            assertEquals(y[i] == 0 ? 0 : x.data()[i] * 1.25f, y[i], 1e-6f);
        }
        assertEquals(0.2 * y.length, dropped, 5 * Math.sqrt(0.16 * y.length));
    }

    @Test
    void backwardDropsWhatForwardDropped() {
        Matrix x = gaussian(BATCH, FEATURES, 1);
        Pass pass = new Dropout(0.3f).bind(new Shape(FEATURES), Workspace.training(BATCH));
        for (int step = 0; step < 3; step++) {
            float[] y = values(pass.forward(x)).clone();
            float[] dx = values(pass.backward(x));
            assertArrayEquals(y, dx);
        }
    }

    @Test
    void eachStepHasAMaskOfItsOwnThatDrawsBringsBack() {
        Dropout dropout = new Dropout();
        Matrix x = gaussian(BATCH, FEATURES, 1);
        float[] first = values(train(dropout, x));
        float[] second = values(train(dropout, x));
        assertFalse(Arrays.equals(first, second));
        assertEquals(2, dropout.draws());
        dropout.draws(1);
        assertArrayEquals(second, values(train(dropout, x)));
    }

    @Test
    void pathAndSeedGiveEachLayerAStreamOfItsOwn() {
        Matrix x = gaussian(BATCH, FEATURES, 1);
        Dropout first = new Dropout();
        Dropout second = new Dropout();
        Sequential model = new Sequential(first, new Sequential(second));
        float[] ofFirst = values(train(first, x));
        assertFalse(Arrays.equals(ofFirst, values(train(second, x))));
        model.initialize(7);
        float[] ofSeed = values(train(first, x));
        assertFalse(Arrays.equals(ofFirst, ofSeed));
        model.initialize(7);
        new Trainer(model, new MSELoss(), new SGD(0.1f));
        assertArrayEquals(ofSeed, values(train(first, x)));
        model.initialize(0);
        assertArrayEquals(ofFirst, values(train(first, x)));
    }

    @Test
    void equalRunsEndInTheSameBitsAndDropoutChangesTheRun() {
        float[] run = run(new Dropout(0.25f));
        assertArrayEquals(run, run(new Dropout(0.25f)));
        assertFalse(Arrays.equals(run, run(new Dropout(0))));
    }

    @Test
    void nothingElseDrawsOtherNumbersForADropout() {
        assertArrayEquals(run(new ReLU()), run(new Dropout(0), new ReLU()));
    }

    private static float[] run(Layer... between) {
        Linear first = new Linear(8, 16);
        Linear second = new Linear(16, 3);
        first.initialize(1);
        second.initialize(2);
        Layer middle = new Sequential(between);
        Sequential model = new Sequential(first, middle, second);
        int[] labels = new int[100];
        Arrays.setAll(labels, i -> i % 3);
        Dataset data = Dataset.of(gaussian(100, 8, 4), new Shape(8), Targets.labels(labels));
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f)).fit(data, 2, 32);
        return weights(model);
    }

    @Test
    void gradientAgreesWithCentralDifferences() {
        Dropout dropout = new Dropout(0.4f);
        Layer model = new Sequential(new Linear(7, 9), new Tanh(), new SameDraws(dropout));
        GradientCheck.Result result = GradientCheck.of(model, new Shape(7), 5, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void probabilityOutOfRangeIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5f));
        assertEquals("Dropout: p is 1.5; it must be from 0 to 1", e.getMessage());
    }

    private static Matrix train(Layer layer, Matrix x) {
        Shape input = new Shape(x.cols());
        return layer.bind(input, Workspace.training(x.rows())).forward(x);
    }
}
