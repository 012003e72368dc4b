package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Arrays;
import java.util.Objects;

/**
 * Wants the scores of all right classes to lead those of all others by 1: of each sample the sum of
 * max(1 - (x[y] - x[i]), 0) over its classes y and all i that are not among them, divided by the
 * number of classes.
 *
 * <p>Targets are {@link Targets.Values} of as many numbers as there are scores: the classes of the
 * sample, then -1; what follows that is not looked at, as in PyTorch.
 *
 * @param reduction mean over samples, or sum
 */
public record MultiLabelMarginLoss(Reduction reduction) implements Loss {

    /** Checks the arguments. */
    public MultiLabelMarginLoss {
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss. */
    public MultiLabelMarginLoss() {
        this(Reduction.MEAN);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        LossChecks.requireClasses(this, predictions);
        return new LabelsPass(predictions, workspace);
    }

    @Override
    public String toString() {
        return "MultiLabelMarginLoss(%s)".formatted(reduction.suffix(""));
    }

    private final class LabelsPass extends PlainLossPass {

        private final int classes;
        private final boolean[] right;
        private final double[] slopes;
        private Matrix targets;

        LabelsPass(Shape predictions, Workspace workspace) {
            super(MultiLabelMarginLoss.this, reduction, predictions, 1, workspace);
            classes = predictions.features();
            right = new boolean[classes];
            slopes = new double[classes];
        }

        @Override
        void begin(Matrix predictions, Targets given) {
            targets = LossChecks.values(MultiLabelMarginLoss.this, given, predictions);
        }

        /** Marks the classes of a sample. */
        private void mark(int i) {
            Arrays.fill(right, false);
            int from = targets.offset() + i * targets.ld();
            for (int j = 0; j < classes; j++) {
                float label = targets.data()[from + j];
                if (label == -1) {
                    return;
                }
                if (!(label >= 0 && label < classes && label == (int) label)) {
                    throw new IllegalArgumentException(
                            ("MultiLabelMarginLoss: sample %s has label %s; it must be from 0 to"
                                            + " %s, or -1 behind the last")
                                    .formatted(i, label, classes - 1));
                }
                right[(int) label] = true;
            }
        }

        @Override
        double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
            mark(i);
            Arrays.fill(slopes, 0);
            double sum = 0;
            for (int y = 0; y < classes; y++) {
                for (int other = 0; right[y] && other < classes; other++) {
                    double value = 1 - ((double) x[at + y] - x[at + other]);
                    if (!right[other] && !(value <= 0)) {
                        sum += value;
                        slopes[y] -= 1;
                        slopes[other] += 1;
                    }
                }
            }
            for (int j = 0; j < classes; j++) {
                dx[to + j] = (float) (scale * slopes[j] / classes);
            }
            return sum / classes;
        }
    }
}
