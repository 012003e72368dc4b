package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** The passes of a {@link Sequential}'s layers, with activations fused into their neighbours. */
final class SequentialPass implements Pass {

    private final Workspace workspace;
    private final Pass[] passes;
    private final int firstNeeded;
    private final int features;
    private Matrix inputs;

    SequentialPass(Sequential layer, Shape input, Workspace workspace) {
        this.workspace = workspace;
        this.features = input.features();
        SequentialPlan plan = new SequentialPlan(layer.layers(), input, workspace);
        this.passes = plan.passes();
        this.firstNeeded = plan.firstNeeded();
    }

    @Override
    public Matrix forward(Matrix inputs) {
        if (inputs.rows() != workspace.batch() || inputs.cols() != features) {
            throw new IllegalArgumentException(
                    "forward: Sequential: inputs are %s; the pass was bound to %dx%d"
                            .formatted(inputs.shape(), workspace.batch(), features));
        }
        Matrix values = inputs;
        for (Pass pass : passes) {
            values = pass.forward(values);
        }
        this.inputs = inputs;
        return values;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward("Sequential", workspace.training(), inputs);
        Matrix gradient = outputGradient;
        for (int i = passes.length - 1; i >= firstNeeded; i--) {
            gradient = passes[i].backward(gradient);
        }
        return workspace.inputGradient() ? gradient : null;
    }
}
