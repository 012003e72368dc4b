package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.AttentionHeads.HeadWindows;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.Projection;
import io.github.lanewise.nn.internal.RowView;

/** The pass of a {@link MultiheadAttention}, of a sequence to itself or to another. */
public final class AttentionPass implements Pass {

    private final MultiheadAttention layer;
    private final AttentionExtent extent;
    private final boolean training;
    private final AttentionSource[] sources;
    private final Projection[] in;
    private final Projection out;
    private final Matrix context;
    private final Matrix dContext;
    private final AttentionHeads heads;
    private final RowView gradientRows;
    private final Matrix outputs;
    private boolean ready;

    AttentionPass(MultiheadAttention layer, AttentionExtent extent, Workspace workspace) {
        this.layer = layer;
        this.extent = extent;
        training = workspace.training();
        Kernels kernels = workspace.kernels();
        int e = layer.features();
        int batch = workspace.batch();
        int rows = batch * extent.queries();
        int sourceCount = extent.self() ? 1 : 3;
        sources = new AttentionSource[sourceCount];
        in = new Projection[sourceCount];
        for (int s = 0; s < sourceCount; s++) {
            int steps = s == 0 ? extent.queries() : extent.keys();
            int cols = extent.self() ? 3 * e : e;
            sources[s] = new AttentionSource(new Shape(steps, e), workspace);
            in[s] =
                    new Projection(
                            layer.inWeight(),
                            layer.inBias(),
                            s * e,
                            cols,
                            batch * steps,
                            workspace);
        }
        out = new Projection(layer.outWeight(), layer.outBias(), 0, e, rows, workspace);
        outputs = RowView.of(out.outputs(), extent.queries() * e);
        gradientRows = new RowView(kernels, e);
        context = Matrix.zeros(rows, e);
        dContext = training ? Matrix.zeros(rows, e) : null;
        heads =
                new AttentionHeads(
                        layer,
                        extent,
                        workspace,
                        windows(0),
                        windows(1),
                        windows(2),
                        HeadWindows.of(context, dContext, extent.queries(), layer.heads()));
    }

    /** Returns the windows of queries (0), keys (1) or values (2). */
    private HeadWindows windows(int part) {
        int e = layer.features();
        Projection projection = extent.self() ? in[0] : in[part];
        int from = extent.self() ? part * e : 0;
        Matrix values = Projection.columns(projection.outputs(), from, e);
        Matrix gradients =
                training ? Projection.columns(projection.outputGradients(), from, e) : null;
        int steps = part == 0 ? extent.queries() : extent.keys();
        return HeadWindows.of(values, gradients, steps, layer.heads());
    }

    /**
     * Sets the keys that no query sees, for example padding at the end of short sequences, until it
     * is set again. A query that then sees no key at all gets weights and a context of 0, and gives
     * no gradient to queries, keys and values.
     *
     * @param ignored batch x keys, or null for none
     * @throws IllegalArgumentException if it has another shape
     */
    public void ignoreKeys(boolean[][] ignored) {
        heads.mask().ignore(ignored);
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
     * @param values of the shape of keys
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

    private Matrix forward() {
        for (int s = 0; s < in.length; s++) {
            in[s].forward(sources[s].rows());
        }
        heads.forward();
        out.forward(context);
        ready = true;
        return outputs;
    }

    /** Backpropagates; returns the gradient of the inputs or queries. */
    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? layer : null);
        out.backward(
                context,
                gradientRows.of(outputGradient),
                layer.outWeight().accumulator().nextBeta(),
                layer.outBias().accumulator().nextBeta(),
                dContext);
        heads.backward();
        float weightBeta = layer.inWeight().accumulator().nextBeta();
        float biasBeta = layer.inBias().accumulator().nextBeta();
        for (int s = 0; s < in.length; s++) {
            in[s].backward(
                    sources[s].rows(),
                    in[s].outputGradients(),
                    weightBeta,
                    biasBeta,
                    sources[s].gradientRows());
        }
        return sources[0].gradient();
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

    /**
     * Returns how much each query saw of each key in the last forward call, the mean over all
     * heads: (batch x queries) x keys.
     */
    public Matrix averageWeights() {
        return heads.averageWeights();
    }
}
