package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.loss.JointLoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.loss.TripletMarginLoss;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

/** A model of several outputs has a loss for each; targets of several parts go with such alone. */
class SeveralOutputsTest {

    private static final Shape INPUT = new Shape(4);
    private static final Matrix X = gaussian(6, 4, 1);
    private static final Targets LABELS = Targets.labels(0, 1, 2, 0, 1, 2);
    private static final Targets BOTH = Targets.several(LABELS, Targets.values(Matrix.zeros(6, 2)));

    private static final String REFUSAL =
            "SoftmaxCrossEntropy: the model has 2 outputs, [3, 2], and the loss is for one; give"
                    + " each a loss, by JointLoss.of(model, ...), or join them to one output, by"
                    + " Value.concat or stack";

    private final Input x = new Input(4);
    private final Value scores = x.then(new Linear(4, 3));
    private final Value point = x.then(new Linear(4, 2));
    private final Model model = new Model(List.of(x), List.of(scores, point));
    private final Loss entropy = new SoftmaxCrossEntropy();

    private static Dataset data(Targets targets) {
        return Dataset.of(X, INPUT, targets);
    }

    private static Trainer trainer(Layer model, Loss loss) {
        return new Trainer(model, loss, new SGD(0.1f));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aLossForOneOutputIsRefused() {
        Trainer trainer = trainer(model, entropy);
        assertRefused(REFUSAL, () -> trainer.fit(data(LABELS), 1, 3));
        assertRefused(REFUSAL, () -> trainer.evaluate(data(LABELS)));
        assertRefused(REFUSAL, () -> new TrainingStep(model, entropy, new SGD(1), INPUT, 6));
        Sequential chain = new Sequential(new ReLU(), new Sequential(model));
        assertRefused(REFUSAL, () -> trainer(chain, entropy).fit(data(LABELS), 1, 3));
    }

    @Test
    void aLossForEachAndOneForThemJoinedAreTaken() {
        trainer(model, JointLoss.of(model, entropy, new MSELoss())).fit(data(BOTH), 1, 3);
        Model joined = new Model(x, Value.concat(scores, point));
        trainer(joined, entropy).fit(data(LABELS), 1, 3);
        Sequential more = new Sequential(model, new Linear(5, 3));
        trainer(more, entropy).fit(data(LABELS), 1, 3);
    }

    @Test
    void aLossOfOnesOwnMaySayThatItTakesThem() {
        Loss own =
                new Loss() {
                    @Override
                    public LossPass bind(Shape predictions, Workspace workspace) {
                        return entropy.bind(predictions, workspace);
                    }

                    @Override
                    public LossPass bind(List<Shape> outputs, Workspace workspace) {
                        return bind(new Shape(5), workspace);
                    }
                };
        assertEquals(6, trainer(model, own).evaluate(data(LABELS)).samples());
    }

    @Test
    void lossesInAnotherOrderAreNamed() {
        Model turned = new Model(List.of(x), List.of(point, scores));
        Trainer trainer = trainer(turned, JointLoss.of(model, entropy, new MSELoss()));
        assertRefused(
                "JointLoss: output 0 of the model is 2, its loss is for 3; give the losses in the"
                        + " order of the outputs",
                () -> trainer.fit(data(BOTH), 1, 3));
    }

    @Test
    void targetsOfSeveralPartsAreRefusedByALossForOneOutput() {
        Linear linear = new Linear(4, 3);
        String fix =
                ": targets are of 2 parts, and the loss is for one output; give targets of one"
                        + " part, or JointLoss.of(model, ...) for a model of several outputs";
        assertRefused(
                "SoftmaxCrossEntropy" + fix, () -> trainer(linear, entropy).fit(data(BOTH), 1, 3));
        assertRefused("MSELoss" + fix, () -> trainer(linear, new MSELoss()).evaluate(data(BOTH)));
        Sequential triplets = new Sequential(new Linear(4, 3), new Reshape(3, 1));
        assertRefused(
                "TripletMarginLoss" + fix,
                () -> trainer(triplets, new TripletMarginLoss()).fit(data(BOTH), 1, 3));
    }

    @Test
    void targetsOfAnotherKindAreCalledWhatTheyAre() {
        Linear linear = new Linear(4, 3);
        Dataset nothing = data(Targets.none(6));
        assertRefused(
                "MSELoss: targets are none; give Targets.values(rows)",
                () -> trainer(linear, new MSELoss()).fit(nothing, 1, 3));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> trainer(linear, entropy).fit(nothing, 1, 3))
                        .getMessage();
        assertTrue(message.contains("targets are none"), message);
    }
}
