package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.internal.RowView;

import java.util.Arrays;

/**
 * The part of attention between its projections: for each sample and head, softmax(q k<sup>T</sup>
 * / sqrt(d)) v, all heads at once as products of windows.
 */
final class AttentionHeads {

    private final Kernels kernels;
    private final Sequences sequences;
    private final int heads;
    private final float scale;
    private final AttentionMask mask;
    private final Matrix weights;
    private final Matrix dWeights;
    private final Matrix average;
    private final Matrix averageRows;
    private final Matrix[] weightsOfHead;
    private final Matrix[] p;
    private final Matrix[] dP;
    private final HeadWindows q;
    private final HeadWindows k;
    private final HeadWindows v;
    private final HeadWindows context;

    /** Windows onto values, and onto their gradients, for each sample and head. */
    record HeadWindows(Matrix[] values, Matrix[] gradients) {

        /**
         * Cuts matrices of batch x steps rows, heads x d columns.
         *
         * @param gradients null for inference
         */
        static HeadWindows of(Matrix values, Matrix gradients, int steps, int heads) {
            return new HeadWindows(
                    cut(values, steps, heads),
                    gradients == null ? null : cut(gradients, steps, heads));
        }

        private static Matrix[] cut(Matrix x, int steps, int heads) {
            int samples = x.rows() / steps;
            int d = x.cols() / heads;
            Matrix[] windows = new Matrix[samples * heads];
            for (int s = 0; s < windows.length; s++) {
                Matrix sample = x.rowRange(s / heads * steps, (s / heads + 1) * steps);
                windows[s] = Projection.columns(sample, s % heads * d, d);
            }
            return windows;
        }
    }

    AttentionHeads(
            MultiheadAttention layer,
            AttentionExtent extent,
            Workspace workspace,
            HeadWindows q,
            HeadWindows k,
            HeadWindows v,
            HeadWindows context) {
        kernels = workspace.kernels();
        sequences = kernels.sequences();
        heads = layer.heads();
        scale = (float) (1 / Math.sqrt(layer.features() / heads));
        this.q = q;
        this.k = k;
        this.v = v;
        this.context = context;
        int batch = workspace.batch();
        int rows = batch * heads * extent.queries();
        weights = Matrix.zeros(rows, extent.keys());
        dWeights = workspace.training() ? Matrix.zeros(rows, extent.keys()) : null;
        p = slices(weights, extent.queries());
        dP = dWeights == null ? null : slices(dWeights, extent.queries());
        mask = new AttentionMask(weights, batch, extent, layer.isCausal(), kernels);
        average = Matrix.zeros(batch * extent.queries(), extent.keys());
        int square = extent.queries() * extent.keys();
        averageRows = RowView.of(average, square);
        Matrix samples = RowView.of(weights, heads * square);
        weightsOfHead = new Matrix[heads];
        Arrays.setAll(weightsOfHead, h -> Projection.columns(samples, h * square, square));
    }

    private static Matrix[] slices(Matrix x, int rows) {
        Matrix[] slices = new Matrix[x.rows() / rows];
        Arrays.setAll(slices, s -> x.rowRange(s * rows, (s + 1) * rows));
        return slices;
    }

    AttentionMask mask() {
        return mask;
    }

    void forward() {
        sequences.multiplyEach(Transpose.NT, q.values, k.values, scale, p);
        mask.apply();
        kernels.softmax(weights, weights);
        sequences.multiplyEach(Transpose.NN, p, v.values, 1, context.values);
    }

    void backward() {
        sequences.multiplyEach(Transpose.TN, p, context.gradients, 1, v.gradients);
        sequences.multiplyEach(Transpose.NT, context.gradients, v.values, 1, dP);
        kernels.softmaxGradient(weights, dWeights, dWeights);
        sequences.multiplyEach(Transpose.NN, dP, k.values, scale, q.gradients);
        sequences.multiplyEach(Transpose.TN, dP, q.values, scale, k.gradients);
    }

    /** Returns the weights' mean over the heads: (batch x queries) x keys. */
    Matrix averageWeights() {
        Arrays.fill(average.data(), 0);
        for (Matrix ofHead : weightsOfHead) {
            kernels.axpy(1f / heads, ofHead, averageRows);
        }
        return average;
    }
}
