package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.Lion;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRU;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class TrainingStepTest {

    private static final int BATCH = 40;

    private static final Shape INPUT = new Shape(6);

    private static final Matrix INPUTS = gaussian(BATCH, 6, 1);

    private static final Targets TARGETS =
            Targets.labels(IntStream.range(0, BATCH).map(i -> i % 3).toArray());

    /** A layer that is used twice: its gradient has two terms. */
    private static Sequential model() {
        Linear shared = new Linear(30, 30);
        return new Sequential(
                new Linear(6, 30), new ReLU(), shared, new Tanh(), shared, new Linear(30, 3));
    }

    static Stream<Supplier<Optimizer>> optimizers() {
        return Stream.of(
                () -> new SGD(0.1f).momentum(0.9f).weightDecay(0.01f), Adam::new, Lion::new);
    }

    /** Trains as a program would that calls forward, backward and the optimizer by itself. */
    private static float[] trainedByHand(Optimizer optimizer) {
        Sequential model = model();
        Workspace workspace = Workspace.training(BATCH).inputGradient(false);
        Pass pass = model.bind(INPUT, workspace);
        LossPass loss = new SoftmaxCrossEntropy().bind(new Shape(3), workspace);
        List<Param> parameters = List.copyOf(model.parameters().values());
        for (int i = 0; i < 5; i++) {
            parameters.forEach(Param::clearGradient);
            loss.forward(pass.forward(INPUTS), TARGETS);
            pass.backward(loss.backward());
            optimizer.step(parameters);
        }
        return weights(model);
    }

    private static Sequential trained(Optimizer optimizer) {
        Sequential model = model();
        TrainingStep step =
                new TrainingStep(model, new SoftmaxCrossEntropy(), optimizer, INPUT, BATCH);
        for (int i = 0; i < 5; i++) {
            step.run(INPUTS, TARGETS);
        }
        return model;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void gradientsComputedInTheStepGiveTheBitsOfThoseComputedBefore(Supplier<Optimizer> maker) {
        float[] expected = trainedByHand(maker.get());
        assertArrayEquals(expected, weights(trained(maker.get())));
        Optimizer looking = maker.get().with(new ClipNorm(1e30f));
        assertArrayEquals(expected, weights(trained(looking)));
    }

    @Test
    void firstValuesAreThoseOfATrainer() {
        Linear trained = new Linear(6, 3);
        new Trainer(trained, new SoftmaxCrossEntropy(), new SGD(0.1f));
        Linear stepped = new Linear(6, 3);
        new TrainingStep(stepped, new SoftmaxCrossEntropy(), new SGD(0.1f), INPUT, BATCH);
        assertArrayEquals(weights(trained), weights(stepped));
    }

    @Test
    void gradientsAreThereAfterTheStep() {
        Sequential usual = trained(new SGD(0.1f));
        Sequential looking = trained(new SGD(0.1f).with(new ClipNorm(1e30f)));
        List<Param> expected = List.copyOf(looking.parameters().values());
        List<Param> actual = List.copyOf(usual.parameters().values());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(values(expected.get(i).gradient()), values(actual.get(i).gradient()));
        }
    }

    @Test
    void batchesOfAnotherSizeAreRefused() {
        TrainingStep step =
                new TrainingStep(model(), new SoftmaxCrossEntropy(), new SGD(0.1f), INPUT, BATCH);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> step.run(Matrix.zeros(7, 6), TARGETS));
        assertEquals(
                "TrainingStep: 7 rows of inputs; it was bound to batches of 40, bind another for"
                        + " other sizes",
                e.getMessage());
    }

    @Test
    void lengthsAreToldWithEachCall() {
        GRU layer = new GRU(2, 3);
        Sequential model = new Sequential(layer.lastOutput(), new Linear(3, 2));
        GRU otherLayer = new GRU(2, 3);
        Sequential other = new Sequential(otherLayer.lastOutput(), new Linear(3, 2));
        Targets targets = Targets.labels(0, 1);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        TrainingStep narrow =
                TrainingStep.ofSequences(model, loss, new SGD(0.1f), new Shape(3, 2), 2);
        TrainingStep wide =
                TrainingStep.ofSequences(other, loss, new SGD(0.1f), new Shape(4, 2), 2);
        Matrix x = Matrices.gaussian(2, 6, 1);
        Matrix padded = Matrix.zeros(2, 8);
        System.arraycopy(x.data(), 0, padded.data(), 0, 2);
        System.arraycopy(x.data(), 6, padded.data(), 8, 6);
        assertEquals(narrow.run(x, targets, 1, 3), wide.run(padded, targets, 1, 3));
        assertArrayEquals(Matrices.weights(model), Matrices.weights(other));
        assertThrows(IllegalArgumentException.class, () -> narrow.run(x, targets, 0, 3));
        TrainingStep plain = new TrainingStep(model, loss, new SGD(0.1f), new Shape(3, 2), 2);
        assertThrows(IllegalStateException.class, () -> plain.run(x, targets, 1, 3));
    }
}
