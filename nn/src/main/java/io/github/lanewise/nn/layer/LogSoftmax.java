package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.Objects;

/**
 * Turns a row of scores into the logarithms of probabilities: y[j] = x[j] - max(x) - log(sum(exp(x
 * - max(x)))). An input of more dimensions is a row for each of its last.
 *
 * <p>Backward: dx[j] = dy[j] - exp(y[j]) sum(dy).
 */
public final class LogSoftmax implements Layer {

    /** Makes the layer. */
    public LogSoftmax() {}

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
        return RowPass.ofLast(
                this, input, workspace, Kernels::logSoftmax, Kernels::logSoftmaxGradient);
    }

    @Override
    public String toString() {
        return "LogSoftmax()";
    }
}
