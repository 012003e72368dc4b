package io.github.lanewise.nn;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * The cross-entropy of softmax(logits) against class labels, a mean over the batch.
 *
 * <p>loss = mean over i of log(sum(exp(logits[i]))) - logits[i][label i]; gradient =
 * (softmax(logits) - onehot(label)) / batch. Both come from one fused kernel that subtracts the
 * row's maximum first.
 */
public record SoftmaxCrossEntropy() implements Loss {

    @Override
    public LossPass bind(Shape logits, Workspace workspace) {
        if (logits.rank() != 1) {
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy: logits are %s; they must be one row of classes"
                            .formatted(logits));
        }
        return new CrossEntropyPass(logits.features(), workspace);
    }

    @Override
    public String toString() {
        return "SoftmaxCrossEntropy()";
    }

    private static final class CrossEntropyPass implements LossPass {

        private final Kernels kernels;
        private final int batch;
        private final Matrix losses;
        private final Matrix gradient;
        private boolean ready;

        CrossEntropyPass(int classes, Workspace workspace) {
            this.kernels = workspace.kernels();
            this.batch = workspace.batch();
            this.losses = Matrix.zeros(1, batch);
            this.gradient = workspace.training() ? Matrix.zeros(batch, classes) : null;
        }

        @Override
        public float forward(Matrix predictions, Targets targets) {
            int[] labels = labels(targets);
            kernels.softmaxCrossEntropy(predictions, labels, 1f / batch, losses, gradient);
            ready = true;
            return kernels.sum(losses) / batch;
        }

        private int[] labels(Targets targets) {
            if (!(targets instanceof Targets.Labels labels)) {
                throw new IllegalArgumentException(
                        "SoftmaxCrossEntropy: targets are rows of numbers; give"
                                + " Targets.labels(classes)");
            }
            return labels.classes();
        }

        @Override
        public Matrix backward() {
            Passes.requireForward("SoftmaxCrossEntropy()", gradient != null, ready ? this : null);
            return gradient;
        }
    }
}
