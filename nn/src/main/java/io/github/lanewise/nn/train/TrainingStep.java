package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.optim.Optimizer;

import java.util.List;
import java.util.Objects;

/**
 * A model, a loss and an optimizer bound to one batch size, for those who write the loop
 * themselves:
 *
 * <pre>
 * TrainingStep step = new TrainingStep(model, new SoftmaxCrossEntropy(), new SGD(0.1f), shape, 64);
 * for (...) {
 *     float loss = step.run(inputs, targets);
 * }
 * </pre>
 *
 * <p>First values, random numbers and steps are those of a {@link Trainer}. One thread at a time;
 * running allocates nothing.
 */
public final class TrainingStep {

    private final Step step;
    private final Optimizer optimizer;
    private final int batch;

    /**
     * Binds a model.
     *
     * @param model takes rows of features
     * @param loss takes the model's outputs
     * @param optimizer used for this model alone
     * @param input shape of a sample
     * @param batch rows of each call, 1 or more
     * @throws IllegalArgumentException if the model or loss cannot take such data, or the batch is
     *     below 1
     */
    public TrainingStep(Layer model, Loss loss, Optimizer optimizer, Shape input, int batch) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        model.place();
        this.step = Step.training(model, loss, input, batch);
        this.batch = batch;
    }

    /**
     * Computes the outputs, changes the parameters along the gradient, and returns the loss before.
     *
     * @param inputs a row for each sample
     * @param targets as many
     * @throws IllegalArgumentException if there are not as many rows as the batch has
     */
    public float run(Matrix inputs, Targets targets) {
        if (inputs.rows() != batch) {
            throw new IllegalArgumentException(
                    "TrainingStep: %d rows of inputs; it was bound to batches of %d, bind another for other sizes"
                            .formatted(inputs.rows(), batch));
        }
        List<Param> parameters = step.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).accumulator().clearForStep();
        }
        float before = step.train(inputs, targets);
        optimizer.step(parameters);
        return before;
    }

    /**
     * Returns the losses of the last call before they were reduced: see {@link LossPass#losses}.
     *
     * @throws UnsupportedOperationException if the loss does not know them
     */
    public Matrix losses() {
        return step.loss().losses();
    }

    /** Returns the outputs of the last call, a row for each sample; the next call overwrites it. */
    public Matrix outputs() {
        return step.outputs();
    }
}
