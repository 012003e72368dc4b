package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Passes;

/** A model called on values of their own, inside another model; its outputs are side by side. */
final class ModelPass implements MergePass {

    private final Workspace workspace;
    private final GraphPass pass;
    private final Packing outputs;
    private final Columns outputGradients;
    private boolean ready;

    ModelPass(Model model, Workspace workspace) {
        this.workspace = workspace;
        this.pass = new GraphPlan(model.graph(), model.inputShapes(), workspace).pass();
        this.outputs = new Packing(model.outputShapes(), workspace);
        this.outputGradients = new Columns(model.outputShapes());
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        Matrix result = outputs.join(pass.forward(inputs));
        ready = true;
        return result;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Passes.requireForward("Model", workspace.training(), ready ? this : null);
        return pass.backward(outputGradients.split(outputGradient));
    }
}
