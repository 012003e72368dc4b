package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.optim.SGD;

import java.lang.ref.SoftReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A model bound to the batch size of arrays that {@link Trainer#trainOneStep} was given.
 *
 * <p>The last one is remembered for the next call, softly. A call takes it out while it runs, so
 * that no two threads share it.
 */
final class OneStep {

    private static final AtomicReference<SoftReference<OneStep>> LAST = new AtomicReference<>();

    private final Layer model;
    private final Loss loss;
    private final SGD optimizer = new SGD(0);
    private final Matrix inputs;
    private final Targets.Labels targets;
    private final TrainingStep step;
    private final SoftReference<OneStep> remembered = new SoftReference<>(this);

    private OneStep(Layer model, Loss loss, int batch, int features) {
        this.model = model;
        this.loss = loss;
        this.inputs = Matrix.zeros(batch, features);
        this.targets = new Targets.Labels(new int[batch]);
        this.step = new TrainingStep(model, loss, optimizer, new Shape(features), batch);
    }

    /** Takes one step of plain gradient descent and returns the loss before it. */
    static float run(
            Layer model,
            Loss loss,
            float learningRate,
            float[][] rows,
            int[] labels,
            float weightDecay) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(loss, "loss");
        int batch = Objects.requireNonNull(rows, "inputs").length;
        int features = batch == 0 ? 0 : Objects.requireNonNull(rows[0], "inputs[0]").length;
        SoftReference<OneStep> reference = LAST.getAndSet(null);
        OneStep step = reference == null ? null : reference.get();
        if (step == null || !step.fits(model, loss, batch, features)) {
            step = bind(model, loss, batch, features);
        }
        float before = step.run(learningRate, rows, labels, weightDecay);
        LAST.set(step.remembered);
        return before;
    }

    private static OneStep bind(Layer model, Loss loss, int batch, int features) {
        if (features == 0) {
            throw new IllegalArgumentException(
                    "trainOneStep: inputs are %sx%s; give at least one row of one number"
                            .formatted(batch, features));
        }
        return new OneStep(model, loss, batch, features);
    }

    private boolean fits(Layer otherModel, Loss otherLoss, int batch, int features) {
        return model == otherModel
                && loss.equals(otherLoss)
                && inputs.rows() == batch
                && inputs.cols() == features;
    }

    private float run(float learningRate, float[][] rows, int[] labels, float weightDecay) {
        if (Objects.requireNonNull(labels, "labels").length != rows.length) {
            throw new IllegalArgumentException(
                    "trainOneStep: %s labels for %s rows of inputs; give one for each"
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
        if (row == null) {
            throw new NullPointerException("trainOneStep: inputs[%s] is null".formatted(i));
        }
        if (row.length != inputs.cols()) {
            throw new IllegalArgumentException(
                    "trainOneStep: rows differ in length: row 0 has %s, row %s has %s"
                            .formatted(inputs.cols(), i, row.length));
        }
        System.arraycopy(row, 0, inputs.data(), i * inputs.cols(), row.length);
    }
}
