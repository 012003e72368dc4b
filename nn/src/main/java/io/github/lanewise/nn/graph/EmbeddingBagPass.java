package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowIndices;

import java.util.Arrays;
import java.util.List;

/** Sums, means or maxima of vectors: plain loops on the caller's thread. */
final class EmbeddingBagPass implements MergePass {

    private static final int NONE = -1;

    private final EmbeddingBag layer;
    private final boolean training;
    private final Matrix table;
    private final int features;
    private final int ofBag;
    private final int[] indices;
    private final int[] chosen;
    private final Matrix outputs;
    private final Matrix[] gradients;
    private Matrix weights;
    private boolean ready;

    EmbeddingBagPass(EmbeddingBag layer, List<Shape> inputs, Workspace workspace) {
        this.layer = layer;
        this.training = workspace.training();
        this.table = layer.weight().value();
        this.features = table.cols();
        Shape input = inputs.getFirst();
        this.ofBag = input.dimension(input.rank() - 1);
        this.indices = new int[workspace.batch() * input.features()];
        this.outputs = workspace.buffer(layer.outputShape(inputs));
        this.chosen = layer.mode() == EmbeddingBag.Mode.MAX ? new int[outputs.size()] : new int[0];
        this.gradients = new Matrix[inputs.size()];
        Arrays.setAll(gradients, i -> workspace.inputGradientBuffer(input));
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        RowIndices.read(layer, inputs[0], table.rows(), indices);
        weights = inputs.length == 2 ? inputs[1] : null;
        float[] y = outputs.data();
        for (int bag = 0; bag < indices.length / ofBag; bag++) {
            int at = bag * features;
            Arrays.fill(y, at, at + features, 0);
            if (layer.mode() == EmbeddingBag.Mode.MAX) {
                max(bag, y, at);
            } else {
                sum(bag, y, at);
            }
        }
        ready = true;
        return outputs;
    }

    private boolean counts(int position) {
        return indices[position] != layer.paddingIdx();
    }

    private int counted(int bag) {
        int counted = 0;
        for (int p = bag * ofBag; p < (bag + 1) * ofBag; p++) {
            counted += counts(p) ? 1 : 0;
        }
        return counted;
    }

    /** Returns the factor of the vector at a position. */
    private float factor(int position) {
        if (weights == null) {
            return 1;
        }
        int ofSample = weights.cols();
        int row = weights.offset() + position / ofSample * weights.ld();
        return weights.data()[row + position % ofSample];
    }

    private void sum(int bag, float[] y, int at) {
        for (int p = bag * ofBag; p < (bag + 1) * ofBag; p++) {
            int from = indices[p] * features;
            float factor = factor(p);
            for (int j = 0; counts(p) && j < features; j++) {
                y[at + j] = Math.fma(factor, table.data()[from + j], y[at + j]);
            }
        }
        int counted = layer.mode() == EmbeddingBag.Mode.MEAN ? counted(bag) : 1;
        for (int j = 0; counted > 1 && j < features; j++) {
            y[at + j] /= counted;
        }
    }

    private void max(int bag, float[] y, int at) {
        Arrays.fill(chosen, at, at + features, NONE);
        for (int p = bag * ofBag; p < (bag + 1) * ofBag; p++) {
            int from = indices[p] * features;
            for (int j = 0; counts(p) && j < features; j++) {
                float x = table.data()[from + j];
                if (chosen[at + j] == NONE || x > y[at + j] || Float.isNaN(x)) {
                    chosen[at + j] = indices[p];
                    y[at + j] = x;
                }
            }
        }
    }

    /** Returns zeros as the gradient of the indices: an index has no slope. */
    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        layer.weight().accumulator().nextRows(indices, indices.length, layer.paddingIdx());
        float[] gradient = layer.weight().gradient().data();
        int ofSample = outputs.cols() / features;
        for (int bag = 0; bag < indices.length / ofBag; bag++) {
            int dy =
                    outputGradient.offset()
                            + bag / ofSample * outputGradient.ld()
                            + bag % ofSample * features;
            if (layer.mode() == EmbeddingBag.Mode.MAX) {
                addToChosen(outputGradient.data(), dy, bag * features, gradient);
            } else {
                addToAll(outputGradient.data(), dy, bag, gradient);
            }
        }
        return gradients;
    }

    private void addToChosen(float[] dy, int at, int to, float[] gradient) {
        for (int j = 0; j < features; j++) {
            if (chosen[to + j] != NONE) {
                gradient[chosen[to + j] * features + j] += dy[at + j];
            }
        }
    }

    private void addToAll(float[] dy, int at, int bag, float[] gradient) {
        int counted = layer.mode() == EmbeddingBag.Mode.MEAN ? counted(bag) : 1;
        for (int p = bag * ofBag; p < (bag + 1) * ofBag; p++) {
            int row = indices[p] * features;
            float factor = factor(p);
            float slope = 0;
            for (int j = 0; counts(p) && j < features; j++) {
                float d = counted > 1 ? dy[at + j] / counted : dy[at + j];
                gradient[row + j] = Math.fma(factor, d, gradient[row + j]);
                slope = Math.fma(d, table.data()[row + j], slope);
            }
            if (weights != null && gradients[1] != null) {
                gradients[1].data()[p] = slope;
            }
        }
    }
}
