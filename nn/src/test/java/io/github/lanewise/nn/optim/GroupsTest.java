package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.schedule.StepLR;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Groups with a rule, a rate or a schedule of their own. */
class GroupsTest {

    private static final Dataset DATA =
            Dataset.of(
                    gaussian(40, 5, 1),
                    new Shape(5),
                    Targets.labels(IntStream.range(0, 40).map(i -> i % 3).toArray()));

    private final Linear first = new Linear(5, 6);
    private final Linear second = new Linear(6, 3);
    private final Sequential model = new Sequential(first, new Tanh(), second);

    private static void setGradients(Linear layer) {
        for (Param parameter : layer.parameters().values()) {
            float[] g = new float[parameter.size()];
            for (int i = 0; i < g.length; i++) {
                g[i] = (i % 7 - 3) / 4f;
            }
            parameter.setGradient(g);
        }
    }

    /** Each layer's steps are those that it gets from its optimizer alone. */
    @Test
    void aGroupIsChangedByTheRuleOfItsOwn() {
        Linear firstTwin = new Linear(5, 6);
        Linear secondTwin = new Linear(6, 3);
        copy(first, firstTwin);
        copy(second, secondTwin);
        Optimizer both =
                new Adam(0.1f)
                        .group(
                                ParameterGroup.of(second)
                                        .optimizer(new SGD(0.5f).momentum(0.9f).weightDecay(0.1f)));
        Adam adam = new Adam(0.1f);
        SGD sgd = new SGD(0.5f).momentum(0.9f).weightDecay(0.1f);
        List<Param> all = List.copyOf(model.parameters().values());
        for (int i = 0; i < 4; i++) {
            for (Linear layer : List.of(first, second, firstTwin, secondTwin)) {
                setGradients(layer);
            }
            both.step(all);
            adam.step(List.copyOf(firstTwin.parameters().values()));
            sgd.step(List.copyOf(secondTwin.parameters().values()));
        }
        assertArrayEquals(weights(firstTwin), weights(first));
        assertArrayEquals(weights(secondTwin), weights(second));
        assertEquals(4, sgd.steps());
    }

    private static void copy(Linear from, Linear to) {
        System.arraycopy(
                from.weight().value().data(), 0, to.weight().value().data(), 0, to.weight().size());
        System.arraycopy(
                from.bias().value().data(), 0, to.bias().value().data(), 0, to.bias().size());
    }

    @Test
    void clippingOfTheOptimizerSeesAllGroupsTogether() {
        Param bias = first.bias();
        Param other = second.bias();
        bias.setGradient(0, 0, 3, 0, 0, 0);
        other.setGradient(0, 4, 0);
        float before = other.value().at(0, 1);
        new Adam(0.1f)
                .with(new ClipNorm(1))
                .group(ParameterGroup.of(second).optimizer(new SGD(1)))
                .step(List.of(bias, other));
        assertEquals(before - 0.8f, other.value().at(0, 1), 1e-5f);
    }

    @Test
    void aLaterGroupTakesParametersFromOneBefore() {
        SGD rule = new SGD(1);
        Optimizer both = new SGD(0).group(ParameterGroup.of(second).optimizer(rule));
        setGradients(second);
        List<Param> all = List.copyOf(second.parameters().values());
        both.step(all);
        float[] after = weights(second);
        both.group(ParameterGroup.of(second));
        both.step(all);
        assertArrayEquals(after, weights(second));
    }

    @Test
    void anOptimizerIsNotAGroupOfItself() {
        SGD sgd = new SGD(1);
        ParameterGroup group = ParameterGroup.of(first).optimizer(sgd);
        assertThrows(IllegalArgumentException.class, () -> sgd.group(group));
    }

    /** The group's rate falls to a tenth with each epoch, that of the rest stays. */
    @Test
    void eachGroupHasAScheduleOfItsOwn() {
        ParameterGroup group = ParameterGroup.of(second);
        SGD sgd = new SGD(0.25f);
        sgd.group(group);
        float[] moved = new float[3];
        TrainerCallback callback =
                new TrainerCallback() {
                    private float before = second.bias().value().at(0, 0);

                    @Override
                    public void onBatchEnd(Progress progress) {
                        float now = second.bias().value().at(0, 0);
                        float rate = (before - now) / second.bias().gradient().at(0, 0);
                        moved[progress.epoch() - 1] = rate;
                        before = now;
                    }
                };
        new Trainer(model, new SoftmaxCrossEntropy(), sgd)
                .fit(DATA, 3, 40, new StepLR(0.5, 1, 0.1).perEpoch(group), callback);
        assertEquals(0.5f, moved[0], 1e-3f);
        assertEquals(0.05f, moved[1], 1e-3f);
        assertEquals(0.005f, moved[2], 1e-3f);
        assertEquals(0.25f, sgd.learningRate());
    }

    private Trainer trainer() {
        ParameterGroup group = ParameterGroup.of(second).optimizer(new Adam(0.02f));
        return new Trainer(
                model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f).group(group));
    }

    @Test
    void aCheckpointHoldsTheGroupsOptimizer(@TempDir Path folder) {
        trainer().checkpoints(new Checkpoints(folder).everySteps(3).keep(100)).fit(DATA, 4, 16);
        float[] expected = weights(model);
        model.initialize(3);
        trainer().resume(folder.resolve("step-000000000006.safetensors")).fit(DATA, 4, 16);
        assertArrayEquals(expected, weights(model));
    }
}
