package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;

import java.util.ArrayList;
import java.util.List;

/**
 * Binds a row of layers, giving each activation to its neighbours where they take it.
 *
 * <p>An activation is <i>open</i> once the layer before it has applied it and until somebody takes
 * its gradient: the next layer in its input gradient if it is {@link Fusible}, else a pass of its
 * own. An activation whose gradient needs its input cannot be opened for training, as the input is
 * overwritten.
 */
final class SequentialPlan {

    private final List<Layer> layers;
    private final Workspace workspace;
    private final List<Pass> passes = new ArrayList<>();
    private int firstNeeded = -1;
    private Shape shape;
    private Activation open = Activation.IDENTITY;

    SequentialPlan(List<Layer> layers, Shape input, Workspace workspace) {
        this.layers = layers;
        this.workspace = workspace;
        this.shape = input;
        if (workspace.inputGradient()) {
            firstNeeded = 0;
        }
        int i = 0;
        while (i < layers.size()) {
            i += bind(i);
        }
        close();
    }

    /** Returns the passes in forward order. */
    Pass[] passes() {
        return passes.toArray(Pass[]::new);
    }

    /** Returns the index of the first pass that must go backward; those before train nothing. */
    int firstNeeded() {
        return firstNeeded < 0 ? passes.size() : firstNeeded;
    }

    /** Binds layer i and returns how many layers that took. */
    private int bind(int i) {
        Layer layer = layers.get(i);
        Activation after = Activation.IDENTITY;
        if (layer instanceof Fusible fusible) {
            after = activationAfter(i);
            passes.add(fusible.bind(shape, own(), new Fusion(open, after)));
            open = after;
        } else {
            close();
            passes.add(layer.bind(shape, own()));
        }
        if (firstNeeded < 0 && !layer.parameters().isEmpty()) {
            firstNeeded = passes.size() - 1;
        }
        shape = layer.outputShape(shape);
        return after == Activation.IDENTITY ? 1 : 2;
    }

    /**
     * Returns the workspace of the next pass, which owes a gradient if something before it trains.
     */
    private Workspace own() {
        return workspace.inputGradient(firstNeeded >= 0);
    }

    private Activation activationAfter(int i) {
        if (i + 1 < layers.size() && layers.get(i + 1) instanceof Nonlinearity next) {
            Activation function = next.function();
            if (!workspace.training() || function.saved() == Activation.Saved.OUTPUT) {
                return function;
            }
        }
        return Activation.IDENTITY;
    }

    private void close() {
        if (workspace.training() && open != Activation.IDENTITY) {
            passes.add(new OpenActivationPass(open, own().inputGradientBuffer(shape), workspace));
        }
        open = Activation.IDENTITY;
    }
}
