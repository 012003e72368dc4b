package io.github.lanewise.nn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Who takes over which activation; that the bits stay the same, {@link ModelTest} says. */
class GraphFusionTest {

    private static final Activation NO = Activation.IDENTITY;
    private static final Activation RELU = Activation.RELU;
    private static final Workspace TRAINING = Workspace.training(2);
    private static final Workspace INFERENCE = Workspace.inference(2);

    private final Input x = new Input(3);
    private final Asked first = new Asked();
    private final Asked second = new Asked();
    private final Value hidden = x.then(first);

    @Test
    void neighboursTakeOverTheActivationBetweenThem() {
        bind(hidden.then(new ReLU(), second), TRAINING);
        assertFusions(NO, RELU, RELU, NO);
    }

    @Test
    void activationTakenByTwoIsAppliedAtOnceButItsGradientIsNobodysButItsOwn() {
        Value active = hidden.then(new ReLU());
        bind(active.then(second).plus(active), TRAINING);
        assertFusions(NO, RELU, NO, NO);
    }

    @Test
    void activationThatIsAnOutputTooKeepsItsGradient() {
        Value active = hidden.then(new ReLU());
        bind(new Model(List.of(x), List.of(active, active.then(second))));
        assertFusions(NO, RELU, NO, NO);
    }

    @Test
    void valueTakenByAnotherThanTheActivationIsLeftAlone() {
        bind(hidden.then(new ReLU(), second).plus(hidden), TRAINING);
        assertFusions(NO, NO, NO, NO);
    }

    @Test
    void functionThatNeedsItsInputIsOpenedForInferenceOnly() {
        Nonlinearity log = new Nonlinearity(Activation.LOG) {};
        bind(hidden.then(log, second), TRAINING);
        assertFusions(NO, NO, NO, NO);
        bind(hidden.then(log, second), INFERENCE);
        assertFusions(NO, Activation.LOG, NO, NO);
    }

    private void bind(Value output, Workspace workspace) {
        new Model(x, output).bind(x.shape(), workspace);
    }

    private void bind(Model model) {
        model.bind(x.shape(), TRAINING);
    }

    private void assertFusions(
            Activation firstBefore,
            Activation firstAfter,
            Activation secondBefore,
            Activation secondAfter) {
        assertEquals(new Fusion(firstBefore, firstAfter), first.fusion);
        assertEquals(new Fusion(secondBefore, secondAfter), second.fusion);
    }

    /** Remembers what it was asked to take over when last bound. */
    private static final class Asked implements Fusible {

        private final Linear layer = new Linear(3, 3);
        private Fusion fusion;

        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Pass bind(Shape input, Workspace workspace, Fusion wanted) {
            fusion = wanted;
            return layer.bind(input, workspace, wanted);
        }
    }
}
