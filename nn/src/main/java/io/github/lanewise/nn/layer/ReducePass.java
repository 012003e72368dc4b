package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Passes;

/**
 * Sums and the like along an axis: plain loops on the caller's thread, which are the definition.
 */
final class ReducePass implements Pass {

    private final Reduce layer;
    private final Axes axes;
    private final Lengths lengths;
    private final boolean training;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private Matrix inputs;

    /**
     * @param lengths how many of the numbers count, for each sample; null if all do
     */
    ReducePass(
            Reduce layer,
            Axes axes,
            Lengths lengths,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace) {
        this.layer = layer;
        this.axes = axes;
        this.lengths = lengths;
        this.training = workspace.training();
        this.outputs = outputs;
        this.inputGradient = inputGradient;
    }

    @Override
    public Matrix forward(Matrix inputs) {
        this.inputs = inputs;
        for (int i = 0; i < outputs.rows(); i++) {
            for (int j = 0; j < outputs.cols(); j++) {
                outputs.data()[i * outputs.ld() + j] = reduced(first(inputs, i, j), count(i));
            }
        }
        return outputs;
    }

    /** Returns how many numbers of a sample are reduced to one. */
    private int count(int i) {
        return lengths == null ? axes.size() : lengths.at(i);
    }

    /** Returns where the first of the numbers of output j lies. */
    private int first(Matrix x, int i, int j) {
        int block = j / axes.inner();
        int row = x.offset() + i * x.ld();
        return row + block * axes.size() * axes.inner() + j % axes.inner();
    }

    private float reduced(int at, int count) {
        return switch (layer.kind()) {
            case SUM -> (float) sum(at, count);
            case MEAN -> (float) (sum(at, count) / count);
            case MAX -> inputs.data()[largest(at, count)];
            case NORM -> norm(at, count);
            case LAST -> inputs.data()[at + (count - 1) * axes.inner()];
        };
    }

    private double sum(int at, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += inputs.data()[at + k * axes.inner()];
        }
        return sum;
    }

    private float norm(int at, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            double x = inputs.data()[at + k * axes.inner()];
            sum += x * x;
        }
        return (float) Math.sqrt(sum);
    }

    /** Returns where the first of the largest lies; NaN counts as the largest. */
    private int largest(int at, int count) {
        int best = at;
        for (int k = 1; k < count; k++) {
            float x = inputs.data()[at + k * axes.inner()];
            if (x > inputs.data()[best] || Float.isNaN(x)) {
                best = at + k * axes.inner();
            }
        }
        return best;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, inputs);
        if (inputGradient == null) {
            return null;
        }
        for (int i = 0; i < outputs.rows(); i++) {
            for (int j = 0; j < outputs.cols(); j++) {
                int dy = outputGradient.offset() + i * outputGradient.ld() + j;
                float y = outputs.data()[i * outputs.ld() + j];
                spread(
                        first(inputs, i, j),
                        y,
                        outputGradient.data()[dy],
                        first(inputGradient, i, j),
                        count(i));
            }
        }
        return inputGradient;
    }

    private void spread(int from, float y, float dy, int to, int count) {
        float[] x = inputs.data();
        float[] dx = inputGradient.data();
        int chosen = layer.kind() == Reduce.Kind.MAX ? largest(from, count) - from : 0;
        float share = layer.kind() == Reduce.Kind.MEAN ? dy / count : dy;
        for (int k = count * axes.inner(); k < axes.size() * axes.inner(); k += axes.inner()) {
            dx[to + k] = 0;
        }
        for (int k = 0; k < count * axes.inner(); k += axes.inner()) {
            dx[to + k] =
                    switch (layer.kind()) {
                        case SUM, MEAN -> share;
                        case MAX -> k == chosen ? dy : 0;
                        case LAST -> k == (count - 1) * axes.inner() ? dy : 0;
                        case NORM -> y == 0 ? 0 : dy * (x[from + k] / y);
                    };
        }
    }
}
