package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.RowView;
import io.github.lanewise.nn.metrics.ArgMax;

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
    private final Matrix lossRows;
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
        super(loss, reduction, workspace);
        this.kernels = workspace.kernels();
        this.kernel = kernel;
        this.classes = classes;
        this.losses = Matrix.zeros(1, workspace.batch());
        this.lossRows = RowView.of(losses, 1);
        this.gradient = workspace.buffer(predictions);
    }

    @Override
    double weightOf(Targets targets, int from, int to) {
        return to - from;
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
    Matrix lossRows() {
        return lossRows;
    }

    @Override
    boolean judges(Targets targets) {
        return classes && targets instanceof Targets.Labels;
    }

    @Override
    int correct(Matrix predictions, Targets targets, int sample, int part, int parts) {
        int from = predictions.offset() + sample * predictions.ld();
        int found = ArgMax.of(predictions.data(), from, predictions.cols(), 1);
        int label = ((Targets.Labels) targets).classes()[sample];
        return found != ArgMax.NONE && found == label ? 1 : 0;
    }
}
