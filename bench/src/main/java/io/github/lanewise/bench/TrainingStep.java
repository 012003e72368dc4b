package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.LossPass;
import io.github.lanewise.nn.Optimizer;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.SoftmaxCrossEntropy;
import io.github.lanewise.nn.Targets;
import io.github.lanewise.nn.Workspace;

import java.util.List;
import java.util.SplittableRandom;

/** A network bound to its batch: forward, loss, backward, update, on one batch at a time. */
public final class TrainingStep {

    private final TrainedNet net;
    private final int classes;
    private final Pass pass;
    private final LossPass loss;
    private final List<Parameter> parameters;
    private Optimizer optimizer;

    /** Binds a network. */
    public TrainingStep(TrainedNet net) {
        this.net = net;
        Workspace workspace = Workspace.training(net.batch()).inputGradient(false);
        Shape output = net.model().outputShape(net.input());
        classes = output.features();
        pass = net.model().bind(net.input(), workspace);
        loss = new SoftmaxCrossEntropy().bind(output, workspace);
        parameters = List.copyOf(net.model().parameters().values());
        optimizer = net.optimizer();
    }

    /** Takes a step and returns the loss before it. */
    public float run(Matrix inputs, Targets targets) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).clearGradient();
        }
        float before = loss.forward(pass.forward(inputs), targets);
        pass.backward(loss.backward());
        optimizer.step(parameters);
        return before;
    }

    /** Forgets what the optimizer remembers of earlier steps. */
    public void restart() {
        optimizer = net.optimizer();
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
        for (Parameter parameter : parameters) {
            hash = Hash.of(hash, parameter.value());
        }
        return hash;
    }
}
