package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** A model bound to the batch size of arrays that {@link Trainer#trainOneStep} was given. */
final class OneStep {

    private final Loss loss;
    private final SGD optimizer = new SGD(0);
    private final Matrix inputs;
    private final Targets.Labels targets;
    private final TrainingStep step;

    OneStep(Layer model, Loss loss, int batch, int features) {
        this.loss = loss;
        this.inputs = Matrix.zeros(batch, features);
        this.targets = new Targets.Labels(new int[batch]);
        this.step = new TrainingStep(model, loss, optimizer, new Shape(features), batch);
    }

    /** Takes one step of plain gradient descent and returns the loss before it. */
    float run(float learningRate, float[][] rows, int[] labels, float weightDecay) {
        if (labels.length != rows.length) {
            throw new IllegalArgumentException(
                    "trainOneStep: %d labels for %d rows of inputs; give one for each"
                            .formatted(labels.length, rows.length));
        }
        for (int i = 0; i < rows.length; i++) {
            copyRow(rows[i], i);
        }
        System.arraycopy(labels, 0, targets.classes(), 0, labels.length);
        optimizer.learningRate(learningRate);
        optimizer.weightDecay(weightDecay);
        return step.run(inputs, targets);
    }

    private void copyRow(float[] row, int i) {
        if (row.length != inputs.cols()) {
            throw new IllegalArgumentException(
                    "trainOneStep: rows differ in length: row 0 has %d, row %d has %d"
                            .formatted(inputs.cols(), i, row.length));
        }
        System.arraycopy(row, 0, inputs.data(), i * inputs.cols(), row.length);
    }

    boolean fits(Loss otherLoss, int batch, int features) {
        return loss.equals(otherLoss) && inputs.rows() == batch && inputs.cols() == features;
    }
}
