package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.StepPosition;
import io.github.lanewise.nn.Workspace;

import java.util.Arrays;

/**
 * Causal attention step by step: keys and values of earlier steps are kept (a key-value cache). The
 * contexts have the bits of a pass over all steps: see {@link AttentionExtent#columns()}.
 */
final class CachedAttention implements AttentionCore {

    private final Kernels kernels;
    private final Sequences sequences;
    private final AttentionExtent extent;
    private final StepPosition position;
    private final HeadWindows[] parts;
    private final Matrix keys;
    private final Matrix values;
    private final int room;
    private final float[] scores;
    private final Matrix[] q;
    private final Matrix[] context;

    /** By columns / 16: what a call needs that sees so many. */
    private final Seen[] seen;

    private record Seen(Matrix weights, Matrix[] scores, Matrix[] k, Matrix[] v) {}

    /**
     * Binds.
     *
     * @param extent whose queries and keys are the steps of a call
     * @param parts windows of queries, keys, values and contexts of a call
     */
    CachedAttention(AttentionExtent extent, HeadWindows[] parts, Workspace workspace) {
        this.extent = extent;
        this.parts = parts;
        kernels = workspace.kernels();
        sequences = kernels.sequences();
        position = workspace.stepPosition();
        room = AttentionExtent.rounded(position.capacity());
        int width = extent.keyValueHeads() * extent.width();
        keys = Matrix.zeros(Math.multiplyExact(extent.samples(), room), width);
        values = Matrix.zeros(extent.samples() * room, width);
        scores = new float[Math.multiplyExact(extent.pairs() * extent.queries(), room)];
        q = windows(parts[0], 0, extent.queries(), 1);
        context = windows(parts[3], 0, extent.queries(), 1);
        seen = new Seen[AttentionExtent.rounded(room) / AttentionExtent.rounded(1) + 1];
    }

    private Matrix[] windows(HeadWindows part, int from, int to, int shared) {
        Matrix[] windows = new Matrix[extent.pairs()];
        for (int pair = 0; pair < windows.length; pair++) {
            int head = pair % extent.heads() / shared;
            windows[pair] = part.window(part.values(), pair / extent.heads(), head, from, to);
        }
        return windows;
    }

    @Override
    public void forward() {
        int first = position.step();
        keep(parts[1], keys, first);
        keep(parts[2], values, first);
        Seen s = seen(AttentionExtent.rounded(first + extent.queries()));
        sequences.multiplyEach(Transpose.NT, q, s.k, extent.scale(), s.scores);
        int columns = s.weights.cols();
        for (int row = 0; row < s.weights.rows(); row++) {
            int visible = first + row % extent.queries() + 1;
            Arrays.fill(
                    scores, row * columns + visible, (row + 1) * columns, Float.NEGATIVE_INFINITY);
        }
        kernels.softmax(s.weights, s.weights);
        sequences.multiplyEach(Transpose.NN, s.scores, s.v, 1, context);
    }

    private void keep(HeadWindows part, Matrix cache, int first) {
        Matrix steps = part.values();
        for (int i = 0; i < steps.rows(); i++) {
            int sample = i / extent.queries();
            int row = sample * room + first + i % extent.queries();
            System.arraycopy(
                    steps.data(),
                    steps.offset() + i * steps.ld(),
                    cache.data(),
                    row * cache.ld(),
                    cache.cols());
        }
    }

    /** Returns the windows onto so many columns; made when first needed. */
    private Seen seen(int columns) {
        int index = columns / AttentionExtent.rounded(1);
        if (seen[index] == null) {
            Matrix weights = Matrix.of(scores, extent.pairs() * extent.queries(), columns);
            Matrix[] ofPairs = new Matrix[extent.pairs()];
            Arrays.setAll(
                    ofPairs,
                    i -> weights.rowRange(i * extent.queries(), (i + 1) * extent.queries()));
            HeadWindows cachedKeys = new HeadWindows(keys, null, room, extent.keyValueHeads());
            HeadWindows cachedValues = new HeadWindows(values, null, room, extent.keyValueHeads());
            seen[index] =
                    new Seen(
                            weights,
                            ofPairs,
                            windows(cachedKeys, 0, columns, extent.shared()),
                            windows(cachedValues, 0, columns, extent.shared()));
        }
        return seen[index];
    }

    @Override
    public void backward() {
        throw new IllegalStateException("backward: a pass step by step is for inference");
    }
}
