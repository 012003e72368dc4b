package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Steps of several evaluations, beside PyTorch's. */
class LBFGSTest {

    @TempDir private Path folder;

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("more_optimizers").filter(c -> c.name().startsWith("lbfgs"));
    }

    private static LBFGS rule(String name) {
        return switch (name) {
            case "lbfgs" -> new LBFGS(0.3f).maxIter(4).maxEval(9).historySize(3);
            case "lbfgs strong wolfe" -> new LBFGS(0.8f).maxIter(3).historySize(3).strongWolfe();
            case "lbfgs defaults" -> new LBFGS().maxIter(5).strongWolfe();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsMatchPyTorch(GoldenCase golden) {
        Linear first = new Linear(5, 6);
        Linear second = new Linear(6, 3);
        assign(first.weight(), transposed(golden.input("w0")));
        assign(first.bias(), golden.input("w1"));
        assign(second.weight(), transposed(golden.input("w2")));
        assign(second.bias(), golden.input("w3"));
        Sequential model = new Sequential(first, new Tanh(), second);
        LBFGS rule = rule(golden.name());
        TrainingStep step = new TrainingStep(model, new MSELoss(), rule, new Shape(5), 12);
        int steps = golden.name().equals("lbfgs") ? 5 : golden.name().endsWith("wolfe") ? 3 : 2;
        float[] losses = new float[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step.run(golden.input("x"), Targets.values(golden.input("t")));
        }
        golden.check("losses", losses);
        golden.check("final_w0", values(transposed(first.weight().value())));
        golden.check("final_w1", values(first.bias().value()));
        golden.check("final_w2", values(transposed(second.weight().value())));
        golden.check("final_w3", values(second.bias().value()));
    }

    private static Sequential network() {
        Sequential model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
        model.initialize(3);
        return model;
    }

    private static Dataset data() {
        Matrix x = Matrices.gaussian(48, 2, 1);
        Matrix y = Matrix.zeros(48, 1);
        for (int i = 0; i < 48; i++) {
            y.data()[i] = x.at(i, 0) * x.at(i, 1);
        }
        return Dataset.of(x, new Shape(2), Targets.values(y));
    }

    @Test
    void fitsAProductInFewSteps() {
        Sequential model = network();
        Trainer trainer = new Trainer(model, new MSELoss(), new LBFGS().strongWolfe());
        trainer.fit(data(), 10, 48);
        assertTrue(trainer.evaluate(data()).loss() < 1e-3, "" + trainer.evaluate(data()).loss());
    }

    /** The loss of all parts is that of the whole, at each point. */
    @Test
    void batchesInPartsMakeOneStep() {
        Sequential whole = network();
        Sequential parts = network();
        new Trainer(whole, new MSELoss(), new LBFGS().maxIter(4).strongWolfe())
                .shuffle(false)
                .fit(data(), 1, 48);
        new Trainer(parts, new MSELoss(), new LBFGS().maxIter(4).strongWolfe())
                .shuffle(false)
                .accumulate(3)
                .fit(data(), 1, 16);
        assertArrayEquals(Matrices.weights(whole), Matrices.weights(parts), 1e-3f);
    }

    @Test
    void aCheckpointGoesOnWithTheSameBits() throws Exception {
        Sequential straight = network();
        new Trainer(straight, new MSELoss(), new LBFGS(0.5f).maxIter(3).historySize(4))
                .fit(data(), 4, 24);
        Sequential broken = network();
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(3);
        new Trainer(broken, new MSELoss(), new LBFGS(0.5f).maxIter(3).historySize(4))
                .checkpoints(checkpoints)
                .fit(data(), 2, 24);
        Sequential resumed = network();
        new Trainer(resumed, new MSELoss(), new LBFGS(0.5f).maxIter(3).historySize(4))
                .resume(new Checkpoints(folder).latest().orElseThrow())
                .fit(data(), 4, 24);
        assertArrayEquals(Matrices.weights(straight), Matrices.weights(resumed));
    }

    @Test
    void withoutAClosureItDoesNothing() {
        Param parameter = new Param(1, 1, Initializer.constant(1)).setGradient(1);
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class, () -> new LBFGS().step(List.of(parameter)));
        assertTrue(e.getMessage().contains("at several points"), e::getMessage);
        assertEquals(1, parameter.value().at(0, 0));
    }

    /** (p - 3)^2 from a loop of one's own. */
    @Test
    void aLoopOfOnesOwnGivesTheClosure() {
        Param p = new Param(1, 1, Initializer.constant(1));
        Optimizer.Closure closure =
                () -> {
                    float difference = p.value().at(0, 0) - 3;
                    p.setGradient(2 * difference);
                    return difference * difference;
                };
        new LBFGS().strongWolfe().step(List.of(p), closure.evaluate(), closure);
        assertEquals(3, p.value().at(0, 0), 1e-4);
        LBFGS other = new LBFGS();
        other.step(List.of(p), closure.evaluate(), closure);
        Param q = new Param(1, 2, Initializer.constant(1)).setGradient(1, 1);
        assertThrows(IllegalStateException.class, () -> other.step(List.of(q), 1, () -> 1));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new LBFGS(-1),
                () -> new LBFGS().maxIter(0),
                () -> new LBFGS().maxEval(0),
                () -> new LBFGS().historySize(0),
                () -> new LBFGS().toleranceGrad(-1),
                () -> new LBFGS().toleranceChange(Double.NaN),
                () -> new LBFGS().weightDecay(1),
                () ->
                        new Trainer(network(), new MSELoss(), new LBFGS())
                                .shards(2)
                                .fit(data(), 1, 48));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
