package io.github.lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.schedule.StepLR;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A rule that a program writes itself is an optimizer like all others. */
class OwnOptimizerTest {

    @TempDir private Path folder;

    /** Signs of a momentum that shrinks with the steps; its second state counts. */
    private static final class Signum extends LoopOptimizer {

        private float rate;
        private float decay;
        private float share;

        Signum(float learningRate) {
            super(learningRate);
        }

        @Override
        protected int states() {
            return 2;
        }

        @Override
        protected float initialState(int state) {
            return state;
        }

        @Override
        protected void begin(int step, double rate, double decay) {
            this.rate = (float) rate;
            this.decay = (float) decay;
            share = 1f / (step + 1);
        }

        @Override
        protected void apply(int n, float[] p, float[] g, Matrix[] states) {
            float[] momentum = states[0].data();
            float[] count = states[1].data();
            for (int i = 0; i < n; i++) {
                momentum[i] += share * (g[i] - momentum[i]);
                p[i] -= rate * (Math.signum(momentum[i]) / count[i] + decay * p[i]);
                count[i]++;
            }
        }
    }

    @Test
    void itsNumbersAreThoseOfItsLoop() {
        Param p = new Param(1, 2, Initializer.constant(1));
        Param slow = new Param(1, 1, Initializer.constant(1));
        Signum rule = new Signum(0.5f);
        rule.group(ParameterGroup.of(List.of(slow)).rateFactor(0.5f).weightDecay(0.1f));
        rule.step(List.of(p.setGradient(2, -2), slow.setGradient(1)));
        assertArrayEquals(new float[] {0.5f, 1.5f}, p.value().data());
        assertEquals(1 - 0.25f * 1.1f, slow.value().at(0, 0), 1e-7);
        rule.step(List.of(p.setGradient(2, -2)));
        assertArrayEquals(new float[] {0.25f, 1.75f}, p.value().data());
    }

    private static Sequential network() {
        Sequential model = new Sequential(new Linear(4, 6), new Tanh(), new Linear(6, 3));
        model.initialize(3);
        return model;
    }

    private static Dataset data() {
        int[] labels = new int[40];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        return Dataset.of(Matrices.gaussian(40, 4, 1), new Shape(4), Targets.labels(labels));
    }

    private static Optimizer rule() {
        return new Signum(0.01f).weightDecay(0.1f).with(new ClipNorm(1));
    }

    private static Trainer trainer(Sequential model, Optimizer rule) {
        return new Trainer(model, new SoftmaxCrossEntropy(), rule);
    }

    @Test
    void aKilledRunGoesOnWithTheSameBits() throws Exception {
        Sequential straight = network();
        Optimizer rule = rule();
        trainer(straight, rule)
                .shards(2)
                .fit(data(), 4, 8, new StepLR(0.02, 2, 0.5).perEpoch(rule));
        Optimizer killed = rule();
        trainer(network(), killed)
                .shards(2)
                .checkpoints(new Checkpoints(folder).everySteps(7))
                .fit(data(), 2, 8, new StepLR(0.02, 2, 0.5).perEpoch(killed));
        Sequential resumed = network();
        Optimizer again = rule();
        Path last = new Checkpoints(folder).latest().orElseThrow();
        trainer(resumed, again)
                .shards(2)
                .resume(last)
                .fit(data(), 4, 8, new StepLR(0.02, 2, 0.5).perEpoch(again));
        assertArrayEquals(Matrices.weights(straight), Matrices.weights(resumed));
        assertNotEquals(Matrices.weights(network())[0], Matrices.weights(resumed)[0]);
        UncheckedIOException e =
                assertThrows(
                        UncheckedIOException.class,
                        () ->
                                trainer(network(), new SGD(0.1f))
                                        .shards(2)
                                        .resume(last)
                                        .fit(data(), 4, 8));
        assertEquals(FormatException.class, e.getCause().getClass());
    }
}
