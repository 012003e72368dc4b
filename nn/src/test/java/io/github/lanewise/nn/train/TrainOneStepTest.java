package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;

class TrainOneStepTest {

    private static final float RATE = 0.02f;
    private static final float DECAY = 0.0005f;

    private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    private final Ellipses data = new Ellipses(200, 1);

    @Test
    void seedsExampleLearnsTheEllipses() {
        Sequential model = Ellipses.network();
        float last = Float.NaN;
        for (int i = 0; i < 6000; i++) {
            last = Trainer.trainOneStep(model, loss, RATE, data.points(), data.labels(), DECAY);
        }
        assertTrue(last < 0.05, "loss " + last);
        Trainer trainer = new Trainer(model, loss, new SGD(RATE));
        assertTrue(trainer.evaluate(new Ellipses(500, 2).dataset()).accuracy() > 0.99);
    }

    @Test
    void stepIsThatOfPlainGradientDescent() {
        Sequential model = Ellipses.network();
        float[] losses = new float[3];
        for (int i = 0; i < 3; i++) {
            losses[i] =
                    Trainer.trainOneStep(model, loss, RATE, data.points(), data.labels(), DECAY);
        }
        Sequential byHand = Ellipses.network();
        SGD sgd = new SGD(RATE).weightDecay(DECAY);
        TrainingStep step = new TrainingStep(byHand, loss, sgd, new Shape(2), 200);
        Matrix inputs = Matrix.copyOf(data.points());
        for (int i = 0; i < 3; i++) {
            assertEquals(losses[i], step.run(inputs, Targets.labels(data.labels())));
        }
        assertArrayEquals(weights(byHand), weights(model));
    }

    @Test
    void onlyTheLastModelIsRemembered() {
        WeakReference<Layer> model = trainedAndDropped();
        trainedAndDropped();
        for (int i = 0; i < 100 && model.get() != null; i++) {
            System.gc();
        }
        assertNull(model.get());
    }

    private WeakReference<Layer> trainedAndDropped() {
        Sequential model = Ellipses.network();
        Trainer.trainOneStep(model, loss, RATE, data.points(), data.labels(), DECAY);
        return new WeakReference<>(model);
    }

    @Test
    void wrongArraysAreNamed() {
        Sequential model = Ellipses.network();
        assertRefused(
                "trainOneStep: 1 labels for 2 rows of inputs; give one for each", model, 1, 2, 2);
        assertRefused(
                "trainOneStep: rows differ in length: row 0 has 2, row 1 has 3", model, 2, 2, 3);
        assertRefused(
                "Sequential[0] Linear(2 -> 20): input has 4 features, the layer takes 2",
                model,
                1,
                4);
        assertRefused(
                "trainOneStep: inputs are 0x0; give at least one row of one number", model, 0);
        assertRefused(
                "training: ReLU() has no parameters; there is nothing to train", new ReLU(), 1, 2);
    }

    private void assertRefused(String message, Layer model, int labels, int... rowLengths) {
        float[][] inputs = new float[rowLengths.length][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = new float[rowLengths[i]];
        }
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Trainer.trainOneStep(model, loss, 1, inputs, new int[labels], 0));
        assertEquals(message, e.getMessage());
    }

    @Test
    void unknownLabelIsRefusedAndChangesNothing() {
        Sequential model = Ellipses.network();
        float[] before = weights(model);
        int[] labels = data.labels().clone();
        labels[3] = 2;
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.trainOneStep(model, loss, RATE, data.points(), labels, DECAY));
        assertArrayEquals(before, weights(model));
    }
}
