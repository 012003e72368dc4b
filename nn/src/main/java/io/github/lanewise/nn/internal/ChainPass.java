package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.ArrayList;
import java.util.List;

/** Passes one after another: what a layer does that is made of others. */
public final class ChainPass implements Pass {

    private final List<Pass> passes;

    private ChainPass(List<Pass> passes) {
        this.passes = passes;
    }

    /**
     * Binds layers, each to what the one before it makes. It owes an input gradient where the chain
     * does, or where a layer before it is trained.
     */
    public static Pass bind(Shape input, Workspace workspace, Layer... layers) {
        List<Pass> passes = new ArrayList<>();
        Shape shape = input;
        boolean wanted = workspace.inputGradient();
        for (Layer layer : layers) {
            passes.add(layer.bind(shape, workspace.inputGradient(wanted)));
            shape = layer.outputShape(shape);
            wanted |= workspace.training() && Passes.isTrainable(layer);
        }
        return new ChainPass(passes);
    }

    @Override
    public Matrix forward(Matrix inputs) {
        Matrix x = inputs;
        for (int i = 0; i < passes.size(); i++) {
            x = passes.get(i).forward(x);
        }
        return x;
    }

    /** Returns null where no input gradient is wanted: a pass that has none ends the way back. */
    @Override
    public Matrix backward(Matrix outputGradient) {
        Matrix dy = outputGradient;
        for (int i = passes.size() - 1; i >= 0 && dy != null; i--) {
            dy = passes.get(i).backward(dy);
        }
        return dy;
    }
}
