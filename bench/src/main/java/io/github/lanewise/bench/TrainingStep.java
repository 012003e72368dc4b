package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Linear;
import io.github.lanewise.nn.LossPass;
import io.github.lanewise.nn.Optimizer;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.nn.SGD;
import io.github.lanewise.nn.Sequential;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.SoftmaxCrossEntropy;
import io.github.lanewise.nn.Targets;
import io.github.lanewise.nn.Workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One step of a network of linear layers and ReLUs on one batch of made-up data, again and again.
 */
final class TrainingStep {

    private final Matrix inputs;
    private final Targets targets;
    private final Pass pass;
    private final LossPass loss;
    private final Optimizer optimizer;
    private final List<Parameter> parameters;

    TrainingStep(NetShape net) {
        int[] widths = net.widths();
        Layer model = model(widths);
        Shape input = new Shape(widths[0]);
        Workspace workspace = Workspace.training(net.batch()).inputGradient(false);
        int classes = widths[widths.length - 1];
        pass = model.bind(input, workspace);
        loss = new SoftmaxCrossEntropy().bind(new Shape(classes), workspace);
        optimizer = new SGD(0.02f).momentum(0.9f).weightDecay(5e-4f);
        parameters = List.copyOf(model.parameters().values());
        inputs = new RandomMatrix(1).next(net.batch(), widths[0]);
        targets = Targets.labels(new SplittableRandom(2).ints(net.batch(), 0, classes).toArray());
    }

    private static Layer model(int[] widths) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            layers.add(new Linear(widths[i - 1], widths[i]));
            if (i < widths.length - 1) {
                layers.add(new ReLU());
            }
        }
        Layer model = new Sequential(layers.toArray(Layer[]::new));
        model.initialize(3);
        return model;
    }

    /** Takes a step and returns the loss before it. */
    float run() {
        for (Parameter parameter : parameters) {
            parameter.clearGradient();
        }
        float before = loss.forward(pass.forward(inputs), targets);
        pass.backward(loss.backward());
        optimizer.step(parameters);
        return before;
    }

    /** Returns a hash of the bits of all parameters. */
    int hash() {
        int hash = 1;
        for (Parameter parameter : parameters) {
            Matrix value = parameter.value();
            for (int i = 0; i < value.rows(); i++) {
                for (int j = 0; j < value.cols(); j++) {
                    hash = 31 * hash + Float.floatToIntBits(value.at(i, j));
                }
            }
        }
        return hash;
    }
}
