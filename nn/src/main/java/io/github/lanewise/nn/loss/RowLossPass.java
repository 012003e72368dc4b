package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/** The pass of a loss that has one number for each sample, from one kernel. */
final class RowLossPass extends ReducedLossPass {

    /** Computes the losses of the samples, and the gradient times scale. */
    @FunctionalInterface
    interface Kernel {
        void apply(
                Losses kernels, Matrix x, Targets targets, float scale, Matrix losses, Matrix dx);
    }

    private final Kernels kernels;
    private final Kernel kernel;
    private final boolean classes;
    private final Matrix losses;
    private final Matrix gradient;

    /**
     * @param classes whether targets are the classes of which predictions are the scores
     */
    RowLossPass(
            Loss loss,
            Reduction reduction,
            Shape predictions,
            Workspace workspace,
            boolean classes,
            Kernel kernel) {
        super(loss, reduction, workspace.training());
        this.kernels = workspace.kernels();
        this.kernel = kernel;
        this.classes = classes;
        this.losses = Matrix.zeros(1, workspace.batch());
        this.gradient = workspace.buffer(predictions);
    }

    @Override
    double weightOf(Targets targets) {
        return targets.size();
    }

    @Override
    double sum(Matrix predictions, Targets targets, float scale) {
        kernel.apply(kernels.losses(), predictions, targets, scale, losses, gradient);
        return kernels.sum(losses);
    }

    @Override
    Matrix gradient() {
        return gradient;
    }

    @Override
    public int judged(Targets targets) {
        return classes ? super.judged(targets) : NO_ACCURACY;
    }

    @Override
    public int right(Matrix predictions, Targets targets) {
        return classes ? super.right(predictions, targets) : NO_ACCURACY;
    }
}
