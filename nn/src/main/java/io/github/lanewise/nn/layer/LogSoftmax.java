package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

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
