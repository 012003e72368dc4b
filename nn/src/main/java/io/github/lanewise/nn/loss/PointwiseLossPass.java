package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/** The pass of a loss that compares each prediction with a target of its own. */
class PointwiseLossPass extends ReducedLossPass {

    private final Loss loss;
    private final Kernels kernels;
    private final PointwiseLoss function;
    private final Matrix weight;
    private final int features;
    private final Matrix losses;
    private final Matrix gradient;

    PointwiseLossPass(
            Loss loss,
            PointwiseLoss function,
            Reduction reduction,
            Shape predictions,
            Workspace workspace) {
        this(loss, function, null, reduction, predictions, workspace);
    }

    /**
     * @param weight of each element, 1 x features or batch x features; or null
     */
    PointwiseLossPass(
            Loss loss,
            PointwiseLoss function,
            Matrix weight,
            Reduction reduction,
            Shape predictions,
            Workspace workspace) {
        super(loss, reduction, workspace);
        this.loss = loss;
        this.function = function;
        this.weight = weight;
        this.kernels = workspace.kernels();
        this.features = predictions.features();
        this.losses = workspace.buffer(predictions);
        this.gradient = workspace.training() ? workspace.buffer(predictions) : null;
    }

    @Override
    double weightOf(Targets targets, int from, int to) {
        return (double) (to - from) * features;
    }

    @Override
    void checkPlain(Targets targets) {
        LossChecks.requireNumbers(loss, targets, features);
    }

    @Override
    double sum(Matrix predictions, Targets targets, float scale) {
        Matrix rows = LossChecks.values(loss, targets, predictions);
        kernels.losses().pointwise(function, predictions, rows, scale, losses, gradient);
        if (weight != null) {
            kernels.losses().weigh(weight, losses);
        }
        if (weight != null && gradient != null) {
            kernels.losses().weigh(weight, gradient);
        }
        return kernels.sum(losses);
    }

    @Override
    Matrix gradient() {
        return gradient;
    }

    @Override
    Matrix lossRows() {
        return losses;
    }
}
