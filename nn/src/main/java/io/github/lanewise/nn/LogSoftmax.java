package io.github.lanewise.nn;

import io.github.lanewise.engine.Kernels;

/**
 * Turns a row of scores into the logarithms of probabilities: y[j] = x[j] - max(x) - log(sum(exp(x
 * - max(x)))).
 *
 * <p>Backward: dx[j] = dy[j] - exp(y[j]) sum(dy).
 */
public final class LogSoftmax implements Layer {

    /** Makes the layer. */
    public LogSoftmax() {}

    @Override
    public Shape outputShape(Shape input) {
        return Passes.requireVector(this, input);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new RowPass(
                this, input, workspace, Kernels::logSoftmax, Kernels::logSoftmaxGradient);
    }

    @Override
    public String toString() {
        return "LogSoftmax()";
    }
}
