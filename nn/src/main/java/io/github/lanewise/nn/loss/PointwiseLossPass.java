package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

/** The pass of a loss that compares each prediction with a target of its own. */
final class PointwiseLossPass implements LossPass {

    private final Loss loss;
    private final Kernels kernels;
    private final boolean training;
    private final PointwiseLoss function;
    private final Matrix weight;
    private final int divisor;
    private final Matrix losses;
    private final Matrix gradient;
    private boolean ready;

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
        this.loss = loss;
        this.function = function;
        this.weight = weight;
        this.kernels = workspace.kernels();
        this.training = workspace.training();
        this.divisor = reduction.divisor(workspace.batch(), predictions.features());
        this.losses = workspace.buffer(predictions);
        this.gradient = training ? workspace.buffer(predictions) : null;
    }

    @Override
    public float forward(Matrix predictions, Targets targets) {
        Matrix rows = LossChecks.values(loss, targets, predictions);
        kernels.losses().pointwise(function, predictions, rows, 1f / divisor, losses, gradient);
        if (weight != null) {
            kernels.losses().weigh(weight, losses);
        }
        if (weight != null && training) {
            kernels.losses().weigh(weight, gradient);
        }
        ready = true;
        return (float) (kernels.sum(losses) / divisor);
    }

    @Override
    public Matrix backward() {
        Passes.requireForward(loss, training, ready ? this : null);
        return gradient;
    }
}
