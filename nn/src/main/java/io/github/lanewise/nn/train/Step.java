package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.PartialLossPass;

import java.util.List;

/** A model and a loss bound to one batch size: what is computed for each batch. */
final class Step {

    private final Workspace workspace;
    private final Pass pass;
    private final LossPass loss;
    private final List<Param> parameters;
    private Matrix outputs;

    Step(Layer model, Loss loss, Shape input, Workspace workspace) {
        this.workspace = workspace;
        this.pass = model.bind(input, workspace);
        this.loss = loss.bind(model.outputShape(input), workspace);
        this.parameters = List.copyOf(model.parameters().values());
    }

    /** Makes one that trains; nobody wants the gradient of the data. */
    static Step training(Layer model, Loss loss, Shape input, int batch) {
        return new Step(model, loss, input, Workspace.training(batch).inputGradient(false));
    }

    List<Param> parameters() {
        return parameters;
    }

    LossPass loss() {
        return loss;
    }

    /** Says which sample of a larger batch the first of the next calls is. */
    void firstSample(int sample) {
        workspace.firstSample(sample);
    }

    /** Computes the outputs. */
    Matrix predict(Matrix inputs) {
        outputs = pass.forward(inputs);
        return outputs;
    }

    /** Computes the outputs and returns their loss. */
    float evaluate(Matrix inputs, Targets targets) {
        return loss.forward(predict(inputs), targets);
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
