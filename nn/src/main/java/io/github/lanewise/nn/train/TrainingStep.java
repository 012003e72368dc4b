package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.optim.Optimizer;

import java.util.List;
import java.util.Objects;

/**
 * A model and an optimizer bound to one batch size, for those who write the loop themselves. With a
 * loss, a step is one call:
 *
 * <pre>
 * TrainingStep step = new TrainingStep(model, new SoftmaxCrossEntropy(), new SGD(0.1f), shape, 64);
 * for (...) {
 *     float loss = step.run(inputs, targets);
 * }
 * </pre>
 *
 * <p>Without one it is open, for adversarial, reinforcement and metric learning, where gradients
 * come from elsewhere:
 *
 * <pre>
 * TrainingStep policy = new TrainingStep(model, new Adam(), shape, 64);
 * Matrix outputs = policy.forward(states);
 * ...
 * policy.backward(dOutputs);                                  // as often as wanted: they add up
 * policy.step();
 * </pre>
 *
 * <p>First values, random numbers and steps are those of a {@link Trainer}. One thread at a time;
 * running allocates nothing.
 */
public final class TrainingStep {

    private final Step step;
    private final Optimizer optimizer;
    private final int batch;
    private final boolean open;
    private final Optimizer.Closure again = this::evaluate;
    private Matrix inputs;
    private Targets targets;

    /**
     * Binds a model with a loss.
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
        this.step = Step.training(model, Objects.requireNonNull(loss, "loss"), input, batch);
        this.batch = batch;
        this.open = false;
    }

    /**
     * Binds a model without a loss: use {@link #forward}, {@link #backward} and {@link #step()}.
     * Several open steps may have one model, each with its own batch size, and one optimizer; they
     * add to the same gradients.
     *
     * @param model takes rows of features
     * @param optimizer used for this model alone
     * @param input shape of a sample
     * @param batch rows of each call, 1 or more
     * @throws IllegalArgumentException if the model cannot take such data, or the batch is below 1
     */
    public TrainingStep(Layer model, Optimizer optimizer, Shape input, int batch) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        model.place();
        this.step = Step.open(model, input, batch);
        this.batch = batch;
        this.open = true;
        clear();
    }

    private TrainingStep(Step step, Optimizer optimizer, int batch) {
        this.optimizer = optimizer;
        this.step = step;
        this.batch = batch;
        this.open = false;
    }

    /**
     * Binds a model to sequences of unequal length; each call of {@link #run(Matrix, Targets,
     * int...)} says how many steps of each sample count.
     *
     * @param input shape of a padded sample
     * @param batch rows of each call, 1 or more
     * @throws IllegalArgumentException if the model or loss cannot take such data, or the model
     *     would mix padding with what counts
     */
    public static TrainingStep ofSequences(
            Layer model, Loss loss, Optimizer optimizer, Shape input, int batch) {
        Objects.requireNonNull(optimizer, "optimizer");
        model.place();
        Workspace workspace = Workspace.training(batch).inputGradient(false);
        Lengths lengths = new Lengths(batch, input.dimension(0));
        Step step = new Step(model, loss, input, workspace.lengths(lengths));
        return new TrainingStep(step, optimizer, batch);
    }

    /**
     * Does the same as {@link #run(Matrix, Targets)} for sequences of unequal length.
     *
     * @param inputs a row for each sample; numbers behind its end must be finite
     * @param targets one for each sample, or one for each step ({@link Targets#steps})
     * @param lengths how many steps of each sample count
     * @throws IllegalArgumentException if there is not one length for each sample, or one is below
     *     1 or above the steps of a sample
     * @throws IllegalStateException if the step was not made by {@link #ofSequences}
     */
    public float run(Matrix inputs, Targets targets, int... lengths) {
        if (step.lengths() == null) {
            throw new IllegalStateException(
                    "TrainingStep: lengths for a step that was bound without; make it by"
                            + " ofSequences");
        }
        step.lengths().setAll(lengths);
        return run(inputs, targets);
    }

    /**
     * Computes the outputs, changes the parameters along the gradient, and returns the loss before.
     *
     * @param inputs a row for each sample
     * @param targets as many
     * @throws IllegalArgumentException if there are not as many rows as the batch has, or the model
     *     has no parameters
     * @throws IllegalStateException if there is no loss, or all parameters are frozen
     */
    public float run(Matrix inputs, Targets targets) {
        require(!open, "run", "it has no loss; give it one, or use forward, backward and step");
        requireRows(inputs, "inputs");
        List<Param> parameters = step.parameters();
        FrozenCheck.require(step.model(), parameters);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).accumulator().clearForStep();
        }
        float before = step.train(inputs, targets);
        this.inputs = inputs;
        this.targets = targets;
        optimizer.step(parameters, before, again);
        return before;
    }

    /** Computes loss and gradients of the same batch anew, for an optimizer that wants them. */
    private float evaluate() {
        List<Param> parameters = step.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).clearGradient();
        }
        return step.train(inputs, targets);
    }

    /**
     * Computes the outputs.
     *
     * @param inputs a row for each sample, which must stay as they are until backward
     * @return a row for each sample; the next call overwrites it
     * @throws IllegalArgumentException if there are not as many rows as the batch has
     * @throws IllegalStateException if there is a loss
     */
    public Matrix forward(Matrix inputs) {
        requireOpen("forward");
        requireRows(inputs, "inputs");
        return step.predict(inputs);
    }

    /**
     * Backpropagates through the last {@link #forward}: adds to the parameters' gradients, which
     * add up until {@link #step()} or {@link #clear}.
     *
     * @param dOutputs gradient of what is to be made small with respect to the outputs, a row for
     *     each sample
     * @return the gradient with respect to the inputs, a row for each sample; the next call
     *     overwrites it
     * @throws IllegalArgumentException if it has not the shape of the outputs
     * @throws IllegalStateException if there is a loss, or forward did not come before
     */
    public Matrix backward(Matrix dOutputs) {
        requireOpen("backward");
        Matrix outputs = step.outputs();
        require(outputs != null, "backward", "no forward call came before; call forward first");
        requireRows(dOutputs, "gradients");
        if (dOutputs.cols() != outputs.cols()) {
            throw new IllegalArgumentException(
                    "TrainingStep: gradients are %s, the outputs are %s; give one for each output"
                            .formatted(dOutputs.shape(), outputs.shape()));
        }
        return step.backward(dOutputs);
    }

    /**
     * Returns the gradient with respect to the inputs as {@link #backward} does, but leaves the
     * parameters' gradients as they are and does not compute them: what a generator learns from its
     * critic.
     */
    public Matrix inputGradient(Matrix dOutputs) {
        List<Param> parameters = step.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).accumulator().pass(true);
        }
        try {
            return backward(dOutputs);
        } finally {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).accumulator().pass(false);
            }
        }
    }

    /**
     * Changes the parameters along the gradients that have added up, and clears these. Parameters
     * to whose gradient nothing was added stay.
     *
     * @throws IllegalArgumentException if the model has no parameters
     * @throws IllegalStateException if there is a loss, or all parameters are frozen
     */
    public void step() {
        requireOpen("step");
        FrozenCheck.require(step.model(), step.parameters());
        optimizer.step(step.parameters());
        clear();
    }

    /** Clears the gradients. */
    public void clear() {
        List<Param> parameters = step.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).clearGradient();
        }
    }

    /** Returns the optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Returns the losses of the last call before they were reduced: see {@link
     * io.github.lanewise.nn.loss.LossPass#losses}.
     *
     * @throws UnsupportedOperationException if the loss does not know them
     * @throws IllegalStateException if there is no loss
     */
    public Matrix losses() {
        require(!open, "losses", "it has no loss; give it one");
        return step.loss().losses();
    }

    /** Returns the outputs of the last call, a row for each sample; the next call overwrites it. */
    public Matrix outputs() {
        return step.outputs();
    }

    private void requireOpen(String call) {
        require(open, call, "it has a loss; use run, or make one without a loss");
    }

    private static void require(boolean holds, String call, String fix) {
        if (!holds) {
            throw new IllegalStateException("TrainingStep: %s: %s".formatted(call, fix));
        }
    }

    private void requireRows(Matrix rows, String what) {
        if (rows.rows() != batch) {
            throw new IllegalArgumentException(
                    "TrainingStep: %s rows of %s; it was bound to batches of %s, bind another for other sizes"
                            .formatted(rows.rows(), what, batch));
        }
    }
}
