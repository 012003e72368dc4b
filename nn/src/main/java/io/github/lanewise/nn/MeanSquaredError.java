package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * The mean of (prediction - target)^2 over all elements of the batch.
 *
 * <p>gradient = 2 (prediction - target) / (batch x features). Targets are {@link Targets.Values} of
 * the predictions' shape.
 */
public record MeanSquaredError() implements Loss {

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        return new SquaredErrorPass(workspace.buffer(predictions), workspace);
    }

    @Override
    public String toString() {
        return "MeanSquaredError()";
    }

    private static final class SquaredErrorPass implements LossPass {

        private final Kernels kernels;
        private final boolean training;
        private final Matrix difference;
        private Matrix gradient;

        SquaredErrorPass(Matrix difference, Workspace workspace) {
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.difference = difference;
        }

        @Override
        public float forward(Matrix predictions, Targets targets) {
            if (!(targets instanceof Targets.Values values)) {
                throw new IllegalArgumentException(
                        "MeanSquaredError: targets are class labels; give Targets.values(rows)");
            }
            kernels.activate(Activation.IDENTITY, predictions, difference);
            kernels.axpy(-1, values.rows(), difference);
            float sum = kernels.dot(difference, difference);
            if (training) {
                kernels.scale(2f / difference.size(), difference);
            }
            gradient = difference;
            return sum / difference.size();
        }

        @Override
        public Matrix backward() {
            Passes.requireForward("MeanSquaredError()", training, gradient);
            return gradient;
        }
    }
}
