package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

/** The targets of the training rows: labels, or scaled numbers. */
final class TrainingTargets {

    private final int[] labels;
    private final float[] numbers;
    private final float[] weights;

    private TrainingTargets(int[] labels, float[] numbers, float[] weights) {
        this.labels = labels;
        this.numbers = numbers;
        this.weights = weights;
    }

    /** Takes labels, with a weight for each class or none (null). */
    static TrainingTargets labels(int[] labels, float[] weights) {
        return new TrainingTargets(labels, null, weights);
    }

    /** Takes numbers as the network is to learn them. */
    static TrainingTargets numbers(float[] numbers) {
        return new TrainingTargets(null, numbers, null);
    }

    boolean areLabels() {
        return labels != null;
    }

    float[] weights() {
        return weights;
    }

    Targets buffer(int batch) {
        return areLabels()
                ? Targets.labels(new int[batch])
                : Targets.values(Matrix.zeros(batch, 1));
    }

    void gather(int[] chosen, int from, Targets buffer) {
        switch (buffer) {
            case Targets.Labels batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    batch.classes()[i] = labels[chosen[from + i]];
                }
            }
            case Targets.Values(Matrix rows) -> {
                for (int i = 0; i < rows.rows(); i++) {
                    rows.data()[rows.offset() + i * rows.ld()] = numbers[chosen[from + i]];
                }
            }
            default -> throw new AssertionError(buffer);
        }
    }
}
