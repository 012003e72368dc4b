package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

/** The pass of a loss that has one number for each sample, from one kernel. */
final class RowLossPass implements LossPass {

    /** Computes the losses of the samples, and the gradient times scale. */
    @FunctionalInterface
    interface Kernel {
        void apply(
                Losses kernels, Matrix x, Targets targets, float scale, Matrix losses, Matrix dx);
    }

    private final Loss loss;
    private final Kernels kernels;
    private final Kernel kernel;
    private final boolean training;
    private final int divisor;
    private final Matrix losses;
    private final Matrix gradient;
    private boolean ready;

    RowLossPass(
            Loss loss, Reduction reduction, Shape predictions, Workspace workspace, Kernel kernel) {
        this.loss = loss;
        this.kernels = workspace.kernels();
        this.kernel = kernel;
        this.training = workspace.training();
        this.divisor = reduction.divisor(workspace.batch(), 1);
        this.losses = Matrix.zeros(1, workspace.batch());
        this.gradient = workspace.buffer(predictions);
    }

    @Override
    public float forward(Matrix predictions, Targets targets) {
        kernel.apply(kernels.losses(), predictions, targets, 1f / divisor, losses, gradient);
        ready = true;
        return (float) (kernels.sum(losses) / divisor);
    }

    @Override
    public Matrix backward() {
        Passes.requireForward(loss, training, ready ? this : null);
        return gradient;
    }
}
