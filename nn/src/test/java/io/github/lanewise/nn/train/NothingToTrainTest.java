package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Arrays;
import java.util.List;

/** Training that could change nothing is refused, and what only looks like it is not. */
class NothingToTrainTest {

    private static final Shape INPUT = new Shape(4);
    private static final Matrix X = gaussian(6, 4, 1);
    private static final Targets Y = Targets.labels(0, 1, 2, 0, 1, 2);
    private static final Dataset DATA = Dataset.of(X, INPUT, Y);
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    private static final String FROZEN =
            "training: all 4 parameters of the model are frozen (0.weight, 0.bias, 2.weight,"
                    + " 2.bias), so that nothing can change; call trainable(true) on what shall"
                    + " learn";

    private final Linear head = new Linear(5, 3);
    private final Sequential model = new Sequential(new Linear(4, 5), new ReLU(), head);
    private final Sequential plain = new Sequential(new ReLU());

    private Trainer trainer() {
        return trainer(new Adam(0.1f));
    }

    private Trainer trainer(Optimizer optimizer) {
        return new Trainer(model, LOSS, optimizer);
    }

    private static void assertFrozen(Executable call) {
        assertEquals(FROZEN, assertThrows(IllegalStateException.class, call).getMessage());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void everyWayToTrainRefusesAFrozenModel() {
        model.trainable(false);
        TrainingStep closed = new TrainingStep(model, LOSS, new SGD(1), INPUT, 6);
        TrainingStep open = new TrainingStep(model, new SGD(1), INPUT, 6);
        float[][] rows = {{1, 2, 3, 4}};
        assertFrozen(() -> trainer().fit(DATA, 1, 3));
        assertFrozen(() -> trainer().accumulate(2).fit(DATA, 1, 3));
        assertFrozen(() -> trainer().shards(2).fit(DATA, 1, 3));
        assertFrozen(() -> closed.run(X, Y));
        assertFrozen(open::step);
        assertFrozen(() -> Trainer.trainOneStep(model, LOSS, 1, rows, new int[1], 0));
    }

    @Test
    void everyWayToTrainRefusesAModelWithoutParameters() {
        String message =
                "training: Sequential(\n  (0): ReLU()\n) has no parameters; there is nothing to"
                        + " train";
        TrainingStep closed = new TrainingStep(plain, LOSS, new SGD(1), INPUT, 6);
        TrainingStep open = new TrainingStep(plain, new SGD(1), INPUT, 6);
        assertRefused(message, () -> new Trainer(plain, LOSS, new SGD(1)).fit(DATA, 1, 3));
        assertRefused(message, () -> closed.run(X, Y));
        assertRefused(message, open::step);
    }

    @Test
    void ofManyParametersTheFirstAreNamed() {
        Sequential deep = new Sequential(model, new Linear(3, 3));
        deep.trainable(false);
        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> new Trainer(deep, LOSS, new SGD(1)).fit(DATA, 1, 3))
                        .getMessage();
        assertTrue(
                message.contains("all 6 parameters of the model are frozen (0.0.weight,"), message);
        assertTrue(message.contains("0.2.bias, ...), so"), message);
    }

    @Test
    void whatAsksAFrozenModelGoesOn() {
        Trainer trainer = trainer();
        double before = trainer.evaluate(DATA).loss();
        model.trainable(false);
        assertEquals(before, trainer.evaluate(DATA).loss());
        assertEquals(6, trainer.predict(DATA).rows());
        TrainingStep open = new TrainingStep(model, new SGD(1), INPUT, 6);
        open.forward(X);
        assertEquals(4, open.backward(gaussian(6, 3, 2)).cols());
        TrainingStep function = new TrainingStep(plain, new SGD(1), INPUT, 6);
        function.forward(X);
        assertEquals(4, function.backward(gaussian(6, 4, 2)).cols());
    }

    @Test
    void aCallbackMayThawBeforeTheFirstStep() {
        model.trainable(false);
        float[] before = weights(head);
        trainer()
                .fit(
                        DATA,
                        1,
                        3,
                        new TrainerCallback() {
                            @Override
                            public void onTrainBegin(Progress progress) {
                                head.trainable(true);
                            }
                        });
        assertFalse(Arrays.equals(before, weights(head)));
    }

    @Test
    void aGroupOfAnotherModelIsRefused() {
        String message =
                "Adam: group 2 has no parameter of the model that is trained; make it of layers or"
                        + " parameters of that very model";
        ParameterGroup own = ParameterGroup.of(head).rateFactor(0.1f);
        ParameterGroup other = ParameterGroup.of(new Linear(5, 3)).rateFactor(0.1f);
        Optimizer adam = new Adam(0.1f).group(own).group(other);
        float[] before = weights(model);
        assertRefused(message, () -> trainer(adam).fit(DATA, 1, 3));
        ParameterGroup inner = ParameterGroup.of(model).optimizer(adam);
        assertRefused(message, () -> trainer(new SGD(1).group(inner)).fit(DATA, 1, 3));
        assertArrayEquals(before, weights(model));
    }

    @Test
    void aGroupMayBeFrozenOrEmpty() {
        head.trainable(false);
        Optimizer adam =
                new Adam(0.1f)
                        .group(ParameterGroup.of(head).rateFactor(0.1f))
                        .group(ParameterGroup.of(List.of()).weightDecay(0));
        float[] before = weights(model);
        trainer(adam).fit(DATA, 1, 3);
        assertFalse(Arrays.equals(before, weights(model)));
    }
}
