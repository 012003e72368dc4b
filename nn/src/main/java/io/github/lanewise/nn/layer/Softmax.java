package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * Turns a row of scores into probabilities: y[j] = exp(x[j] - max(x)) / sum(exp(x - max(x))). An
 * input of more dimensions is a row for each of its last.
 *
 * <p>Backward: dx[j] = y[j] (dy[j] - sum(dy y)). Do not put it before {@link
 * io.github.lanewise.nn.loss.SoftmaxCrossEntropy}, which takes the scores themselves.
 */
public final class Softmax implements Layer {

    /** Makes the layer. */
    public Softmax() {}

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return input.rank() > 1 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return RowPass.ofLast(this, input, workspace, Kernels::softmax, Kernels::softmaxGradient);
    }

    @Override
    public String toString() {
        return "Softmax()";
    }
}
