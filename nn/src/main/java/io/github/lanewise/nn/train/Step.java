package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.StagedPass;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.PartialLossPass;

import java.util.List;
import java.util.function.Consumer;

/** A model and a loss bound to one batch size: what is computed for each batch. */
final class Step {

    private final Layer model;
    private final Shape input;
    private final Workspace workspace;
    private final Loss lossOfOutputs;
    private final List<Param> parameters;
    private final boolean[] trainable;
    private Pass pass;
    private LossPass loss;
    private Consumer<Param> listener;
    private final Lengths outputLengths;
    private Matrix outputs;

    /**
     * @param loss null for none
     */
    Step(Layer model, Loss loss, Shape input, Workspace workspace) {
        this.model = model;
        this.input = input;
        Lengths lengths = workspace.lengths();
        this.workspace = workspace;
        this.outputLengths = lengths == null ? null : model.outputLengths(input, lengths);
        this.pass = model.bind(input, workspace);
        this.lossOfOutputs = loss;
        if (workspace.training()) {
            loss();
        }
        this.parameters = List.copyOf(model.parameters().values());
        this.trainable = new boolean[parameters.size()];
        noteTrainable();
    }

    /**
     * Binds a loss to what a model makes of an input: to several outputs if the model is a {@link
     * Model} of several, or a chain that ends with one.
     */
    static LossPass bind(Loss loss, Layer model, Shape input, Workspace workspace) {
        Shape output = model.outputShape(input);
        Layer last = model;
        while (last instanceof Sequential chain && !chain.layers().isEmpty()) {
            last = chain.layers().getLast();
        }
        return last instanceof Model graph && graph.outputShapes().size() > 1
                ? loss.bind(graph.outputShapes(), workspace)
                : loss.bind(output, workspace);
    }

    /** Notes which parameters are trainable, and returns whether others were before. */
    private boolean noteTrainable() {
        boolean changed = false;
        for (int i = 0; i < trainable.length; i++) {
            boolean now = parameters.get(i).isTrainable();
            changed |= trainable[i] != now;
            trainable[i] = now;
        }
        return changed;
    }

    /** Makes one that trains; nobody wants the gradient of the data. */
    static Step training(Layer model, Loss loss, Shape input, int batch) {
        return new Step(model, loss, input, Workspace.training(batch).inputGradient(false));
    }

    /** Makes one without a loss, which computes the gradient of the data. */
    static Step open(Layer model, Shape input, int batch) {
        return new Step(model, null, input, Workspace.training(batch));
    }

    /**
     * Takes over the lengths of the sequences of the next calls; for a step that was bound with
     * some.
     *
     * @param first number of the first of them
     */
    void lengths(Lengths from, int first) {
        if (workspace.lengths() != null) {
            workspace.lengths().copy(from, first);
        }
    }

    /** Returns the lengths of the inputs; null if all steps count. */
    Lengths lengths() {
        return workspace.lengths();
    }

    /** Returns the lengths of the outputs; null if all steps count. */
    Lengths outputLengths() {
        return outputLengths;
    }

    Layer model() {
        return model;
    }

    List<Param> parameters() {
        return parameters;
    }

    /** Returns the loss bound to the outputs, which predictions alone never ask for; or null. */
    LossPass loss() {
        if (loss == null && lossOfOutputs != null) {
            loss = bind(lossOfOutputs, model, input, workspace.lengths(outputLengths));
        }
        return loss;
    }

    /** Says which sample of a larger batch the first of the next calls is. */
    void firstSample(int sample) {
        workspace.firstSample(sample);
    }

    /**
     * Sets who is told of each parameter whose gradient is complete while backward goes on; null
     * for nobody. A model that cannot tell tells nobody.
     */
    void onGradient(Consumer<Param> listener) {
        this.listener = listener;
        if (pass instanceof StagedPass staged) {
            staged.onGradient(listener);
        }
    }

    /** Computes the outputs; what depends on which parameters are trainable is bound anew. */
    Matrix predict(Matrix inputs) {
        if (workspace.training() && noteTrainable()) {
            pass = model.bind(input, workspace);
            onGradient(listener);
        }
        outputs = pass.forward(inputs);
        return outputs;
    }

    /** Computes the outputs and returns their loss. */
    float evaluate(Matrix inputs, Targets targets) {
        return loss().forward(predict(inputs), targets);
    }

    /** Adds to the gradients and returns that of the inputs. */
    Matrix backward(Matrix outputGradient) {
        return pass.backward(outputGradient);
    }

    /** Computes the outputs, adds to the gradients, and returns the loss. */
    float train(Matrix inputs, Targets targets) {
        float before = evaluate(inputs, targets);
        pass.backward(loss.backward());
        return before;
    }

    /**
     * Does the same for one part of a larger batch.
     *
     * @param counts of the whole batch: see {@link PartialLossPass}
     */
    float train(Matrix inputs, Targets targets, double[] counts) {
        float before = ((PartialLossPass) loss).forward(predict(inputs), targets, counts, 0);
        pass.backward(loss.backward());
        return before;
    }

    /** Returns the outputs of the last call. */
    Matrix outputs() {
        return outputs;
    }
}
