package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.internal.RowView;

/** The pass of a {@link MultiheadAttention}, of a sequence to itself or to another. */
public final class AttentionPass implements Pass {

    private final MultiheadAttention layer;
    private final AttentionExtent extent;
    private final boolean training;
    private final AttentionSource[] sources;
    private final InProjections in;
    private final Projection out;
    private final HeadWindows queries;
    private final HeadWindows keys;
    private final HeadWindows contexts;
    private final Rotary rotary;
    private final Workspace workspace;
    private final AttentionHeads heads;
    private final AttentionCore core;
    private final RowView gradientRows;
    private final Matrix outputs;
    private boolean ready;

    /**
     * Binds.
     *
     * @param inputs of queries, and of keys and of values if these are others
     */
    AttentionPass(MultiheadAttention layer, Shape[] inputs, Workspace workspace) {
        this.layer = layer;
        this.workspace = workspace;
        training = workspace.training();
        AttentionWeights weights = layer.weights();
        int e = weights.width(0);
        sources = new AttentionSource[inputs.length];
        for (int s = 0; s < inputs.length; s++) {
            sources[s] = new AttentionSource(inputs[s], workspace);
        }
        Lengths keyLengths = workspace.lengths(Math.min(1, inputs.length - 1));
        extent = layer.extent(workspace.batch(), inputs, keyLengths != null);
        int rows = Math.multiplyExact(workspace.batch(), extent.queries());
        in = new InProjections(weights, sources, workspaces(inputs.length, workspace));
        Projection.Part outBias = new Projection.Part(weights.outBias(), 0);
        Projection.Part outWeight = new Projection.Part(weights.out(), 0);
        Workspace ofQueries = workspaces(inputs.length, workspace)[0];
        out = new Projection(outWeight, outBias, e, rows, ofQueries);
        outputs = RowView.of(out.outputs(), extent.queries() * e);
        gradientRows = new RowView(workspace.kernels(), e);
        queries = in.windows(0, extent.queries(), extent.heads());
        keys = in.windows(1, extent.keys(), extent.keyValueHeads());
        HeadWindows values = in.windows(2, extent.keys(), extent.keyValueHeads());
        Matrix dContext = training ? Matrix.zeros(rows, e) : null;
        contexts =
                new HeadWindows(Matrix.zeros(rows, e), dContext, extent.queries(), extent.heads());
        HeadWindows[] parts = {queries, keys, values, contexts};
        boolean stepwise = workspace.stepPosition() != null && inputs.length == 1;
        if (stepwise && !extent.causal()) {
            throw new IllegalArgumentException(
                    "%s: a step would see later ones, so it cannot go step by step; make it causal()"
                            .formatted(layer));
        }
        heads =
                stepwise
                        ? null
                        : new AttentionHeads(
                                extent,
                                layer.limits(),
                                layer.dropout(),
                                parts,
                                keyLengths,
                                workspace);
        core = stepwise ? new CachedAttention(extent, parts, workspace) : heads;
        int steps = stepwise ? workspace.stepPosition().capacity() : extent.keys();
        rotary = layer.rotaryOf(Math.max(steps, extent.queries()));
    }

    /** Returns the workspace of each of several inputs, which have lengths of their own. */
    private static Workspace[] workspaces(int inputs, Workspace workspace) {
        Workspace[] all = new Workspace[inputs];
        for (int i = 0; i < inputs; i++) {
            boolean same = workspace.lengths() == null || inputs == 1;
            all[i] = same ? workspace : workspace.lengths(workspace.lengths(i));
        }
        return all;
    }

    private AttentionHeads heads() {
        if (heads == null) {
            throw new IllegalStateException(
                    "%s: a pass step by step has no masks and keeps no weights".formatted(layer));
        }
        return heads;
    }

    /**
     * Sets the keys that no query sees, for example padding at the end of short sequences, until it
     * is set again. A query that then sees no key at all gets weights and a context of 0, and gives
     * no gradient to queries, keys and values.
     *
     * @param ignored batch x keys, true for keys that are not seen; null for none
     * @throws IllegalArgumentException if it has another shape
     */
    public void keyPaddingMask(boolean[][] ignored) {
        heads().mask().keyPadding(ignored);
    }

    /**
     * Sets what is added to the scores before their softmax, until it is set again: minus infinity
     * hides a key from a query. The matrix is read in every forward call.
     *
     * @param mask queries x keys; or (heads x queries) x keys; or (batch x heads x queries) x keys;
     *     null for none
     * @throws IllegalArgumentException if it has another shape
     */
    public void attnMask(Matrix mask) {
        heads().mask().add(mask);
    }

    /**
     * Sets which keys each query does not see, until it is set again.
     *
     * @param hidden queries x keys, true for keys that are not seen; null for none
     * @throws IllegalArgumentException if it has another shape
     */
    public void attnMask(boolean[][] hidden) {
        if (hidden == null) {
            heads().mask().add(null);
            return;
        }
        float[][] added = new float[hidden.length][];
        for (int i = 0; i < hidden.length; i++) {
            added[i] = new float[hidden[i].length];
            for (int j = 0; j < hidden[i].length; j++) {
                added[i][j] = hidden[i][j] ? Float.NEGATIVE_INFINITY : 0;
            }
        }
        heads().mask().add(Matrix.copyOf(added));
    }

    /**
     * Computes self-attention.
     *
     * @throws IllegalStateException if the pass takes queries, keys and values
     */
    @Override
    public Matrix forward(Matrix inputs) {
        requireSources(1);
        sources[0].read(inputs);
        return forward();
    }

    /**
     * Computes attention of queries to keys.
     *
     * @param queries batch x (steps x features)
     * @param keys batch x (keys x features)
     * @param values as many steps as keys
     * @throws IllegalStateException if the pass is one of self-attention
     */
    public Matrix forward(Matrix queries, Matrix keys, Matrix values) {
        requireSources(3);
        sources[0].read(queries);
        sources[1].read(keys);
        sources[2].read(values);
        return forward();
    }

    private void requireSources(int count) {
        if (sources.length != count) {
            throw new IllegalStateException(
                    "forward: %s: the pass takes %s; give it as many"
                            .formatted(
                                    layer, count == 3 ? "one input" : "queries, keys and values"));
        }
    }

    /** Computes attention of as many inputs as were bound. */
    Matrix forwardOf(Matrix[] inputs) {
        for (int s = 0; s < sources.length; s++) {
            sources[s].read(inputs[s]);
        }
        return forward();
    }

    private Matrix forward() {
        in.forward();
        if (rotary != null) {
            boolean stepwise = workspace.stepPosition() != null;
            int first = stepwise ? workspace.stepPosition().step() : 0;
            rotary.turn(queries.values(), extent.queries(), first);
            rotary.turn(keys.values(), extent.keys(), heads == null ? first : 0);
        }
        core.forward();
        out.forward(contexts.values());
        ready = true;
        return outputs;
    }

    /** Backpropagates; returns the gradient of the inputs or queries. */
    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? layer : null);
        AttentionWeights weights = layer.weights();
        Param bias = weights.outBias();
        Matrix gradients = gradientRows.of(outputGradient);
        out.backward(
                contexts.values(),
                gradients,
                weights.out().accumulator().nextBeta(),
                bias == null ? 0 : bias.accumulator().nextBeta());
        out.backwardToInputs(gradients, 0, contexts.gradients());
        core.backward();
        if (rotary != null) {
            rotary.turnBack(queries.gradients(), extent.queries());
            rotary.turnBack(keys.gradients(), extent.keys());
        }
        in.backward();
        return sources[0].gradient();
    }

    /** Returns whether there is such an input. */
    boolean has(int source) {
        return source < sources.length;
    }

    /** Returns the gradient of an input; null if it is not wanted. */
    Matrix gradientOf(int source) {
        return sources[source].gradient();
    }

    /** Returns the gradient of the keys; null if it is not wanted. */
    public Matrix keyGradient() {
        requireSources(3);
        return sources[1].gradient();
    }

    /** Returns the gradient of the values; null if it is not wanted. */
    public Matrix valueGradient() {
        requireSources(3);
        return sources[2].gradient();
    }

    /** Returns where scores are masked, and where gradients of what is added to them go. */
    AttentionHeads maskable() {
        return heads();
    }

    /**
     * Returns how much each query saw of each key in the last forward call, after dropout: (batch x
     * heads x queries) x keys. Long sequences have their weights computed again for it.
     */
    public Matrix weights() {
        return heads().weights();
    }

    /** Returns the mean of {@link #weights} over the heads: (batch x queries) x keys. */
    public Matrix averageWeights() {
        return heads().averageWeights();
    }
}
