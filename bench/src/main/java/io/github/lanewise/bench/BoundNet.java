package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.TrainingStep;

import java.util.List;
import java.util.SplittableRandom;

/** A network bound to its batch: forward, loss, backward, update, on one batch at a time. */
public final class BoundNet {

    private final TrainedNet net;
    private final int classes;
    private final List<Param> parameters;
    private TrainingStep step;

    /** Binds a network. */
    public BoundNet(TrainedNet net) {
        this.net = net;
        classes = net.model().outputShape(net.input()).features();
        parameters = List.copyOf(net.model().parameters().values());
        restart();
    }

    /** Takes a step and returns the loss before it. */
    public float run(Matrix inputs, Targets targets) {
        return step.run(inputs, targets);
    }

    /** Forgets what the optimizer remembers of earlier steps. */
    public void restart() {
        step =
                new TrainingStep(
                        net.model(),
                        new SoftmaxCrossEntropy(),
                        net.optimizer(),
                        net.input(),
                        net.batch());
    }

    /** Makes up inputs, always the same. */
    Matrix madeUpInputs() {
        return new RandomMatrix(1).next(net.batch(), net.input().features());
    }

    /** Makes up targets, always the same. */
    Targets madeUpTargets() {
        return Targets.labels(new SplittableRandom(2).ints(net.batch(), 0, classes).toArray());
    }

    /** Returns a hash of the bits of all parameters. */
    int hash() {
        int hash = 1;
        for (Param parameter : parameters) {
            hash = Hash.of(hash, parameter.value());
        }
        return hash;
    }
}
