package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.RowView;

/** Adds minus infinity to the scores of what must not be seen, so that its weight is exactly 0. */
final class AttentionMask {

    private final Kernels kernels;
    private final int batch;
    private final int keys;
    private final Matrix scores;
    private final Matrix scoresOfHeads;
    private final Matrix later;
    private Matrix[] padding;
    private Matrix[] scoresOfSamples;

    /**
     * Binds to scores of (batch x heads x queries) rows.
     *
     * @param causal whether query i must not see keys after i
     */
    AttentionMask(
            Matrix scores, int batch, AttentionExtent extent, boolean causal, Kernels kernels) {
        this.kernels = kernels;
        this.batch = batch;
        this.keys = extent.keys();
        this.scores = scores;
        int square = extent.queries() * keys;
        scoresOfHeads = RowView.of(scores, square);
        later = causal ? Matrix.zeros(1, square) : null;
        for (int at = 0; causal && at < square; at++) {
            later.data()[at] = at % keys > at / keys ? Float.NEGATIVE_INFINITY : 0;
        }
    }

    /** Sets which keys nobody must see, for each sample; null for none. */
    void ignore(boolean[][] ignored) {
        if (ignored == null) {
            padding = null;
            return;
        }
        if (ignored.length != batch) {
            throw wrongShape(ignored.length + " samples");
        }
        padding = new Matrix[batch];
        scoresOfSamples = new Matrix[batch];
        int rows = scores.rows() / batch;
        for (int i = 0; i < batch; i++) {
            if (ignored[i].length != keys) {
                throw wrongShape("%d keys in sample %d".formatted(ignored[i].length, i));
            }
            padding[i] = Matrix.zeros(1, keys);
            for (int j = 0; j < keys; j++) {
                padding[i].data()[j] = ignored[i][j] ? Float.NEGATIVE_INFINITY : 0;
            }
            scoresOfSamples[i] = scores.rowRange(i * rows, (i + 1) * rows);
        }
    }

    private IllegalArgumentException wrongShape(String got) {
        return new IllegalArgumentException(
                "ignoreKeys: %s; the pass was bound to %d samples of %d keys"
                        .formatted(got, batch, keys));
    }

    void apply() {
        if (later != null) {
            kernels.addRow(later, scoresOfHeads);
        }
        for (int i = 0; padding != null && i < batch; i++) {
            kernels.addRow(padding[i], scoresOfSamples[i]);
        }
    }
}
