package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.data.WrappedDataset;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRU;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

/** Models of several inputs and datasets side by side. */
class SeveralInputsTest {

    private static final String LENGTHS =
            "Model: lengths are of 8 steps, input 0 is 5x1; those of several inputs come with"
                    + " Dataset.zip of sequences, in fit, evaluate and predict of a Trainer";

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static Dataset part(int features, Targets targets) {
        return Dataset.of(gaussian(4, features, 1), new Shape(features), targets);
    }

    private static Trainer pairs() {
        Input a = new Input(4);
        Input b = new Input(2);
        Value both = Value.concat(a, b).then(new Linear(6, 3));
        Model model = new Model(List.of(a, b), List.of(both));
        return new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f));
    }

    /** It would have gone through, for both have six features. */
    @Test
    void datasetsInAnotherOrderThanInputsAreNamed() {
        Dataset turned = Dataset.zip(part(2, Targets.none(4)), part(4, Targets.labels(0, 1, 2, 0)));
        String message =
                "Model: input 0 takes 4, the dataset has 2 there; zip in the order of inputs";
        assertRefused(message, () -> pairs().fit(turned, 1, 2));
        assertRefused(message, () -> pairs().fit(turned.range(1, 3), 1, 2));
        assertRefused(message, () -> pairs().fit(Dataset.concat(turned, turned), 1, 2));
        assertRefused(message, () -> pairs().fit(new Plain(turned), 1, 2));
        assertRefused(message, () -> pairs().evaluate(turned));
        assertRefused(message, () -> pairs().predict(turned));
    }

    @Test
    void datasetsInOrderAndSamplesThatLieSideBySideAreTaken() {
        Targets labels = Targets.labels(0, 1, 2, 0);
        pairs().fit(Dataset.zip(part(4, labels), part(2, Targets.none(4))), 1, 2);
        pairs().fit(part(6, labels), 1, 2);
        assertRefused(
                "Model: input is 5, the model takes 6: [4, 2] side by side; give Dataset.zip one"
                        + " dataset each",
                () -> pairs().fit(part(5, labels), 1, 2));
        Dataset turned = Dataset.zip(part(2, Targets.none(4)), part(4, labels));
        pairs().fit(turned.map(new Shape(6), SeveralInputsTest::turn), 1, 2);
    }

    private static void turn(float[] sample, float[] made) {
        System.arraycopy(sample, 2, made, 0, 4);
        System.arraycopy(sample, 0, made, 4, 2);
    }

    /** A dataset made of another that changes nothing. */
    private static final class Plain extends WrappedDataset {

        Plain(Dataset source) {
            super(source);
        }

        @Override
        public void gather(int[] rows, long epoch, Matrix inputs, Targets into) {
            source.gather(rows, epoch, inputs, into);
        }
    }

    private static Model sequences() {
        Input a = new Input(5, 1);
        Input b = new Input(3, 1);
        Value last = a.then(new GRU(1, 2).lastOutput());
        return new Model(List.of(a, b), List.of(last.plus(b.then(new GRU(1, 2).lastOutput()))));
    }

    @Test
    void lengthsOfOneInputAreNotThoseOfSeveral() {
        assertRefused(
                LENGTHS,
                () ->
                        TrainingStep.ofSequences(
                                sequences(), new MSELoss(), new SGD(1), new Shape(8), 2));
        InferenceSession session = InferenceSession.of(sequences(), 2);
        assertRefused(LENGTHS, () -> session.predict(Matrix.zeros(2, 8), new int[] {3, 2}));
    }
}
