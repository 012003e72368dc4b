package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * How much each query of an attention sees of each key: a layer with the parameters of a {@link
 * MultiheadAttention}, whose outputs are its weights, heads x queries x keys, or their mean over
 * the heads, queries x keys. It takes what the attention takes.
 *
 * <pre>{@code
 * Value seen = Value.merge(attention, queries, memory);
 * Value map = Value.merge(new AttentionMap(attention).averaged(), queries, memory);
 * Model looking = new Model(List.of(queries, memory), List.of(seen, map));
 * }</pre>
 *
 * <p>It is for looking: weights are never dropped, and no gradient comes back through it.
 */
public final class AttentionMap implements Merge {

    private final MultiheadAttention attention;
    private final Options options = new Options();
    private boolean averaged;

    /** Makes the map of an attention, of each head. */
    public AttentionMap(MultiheadAttention attention) {
        this.attention = Objects.requireNonNull(attention, "attention");
    }

    /** Takes the mean over the heads. */
    public AttentionMap averaged() {
        options.requireOpen(this, "averaged");
        averaged = true;
        return this;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        options.close();
        int queries = attention.outputShape(inputs).dimension(0);
        int keys = inputs.size() == 1 ? queries : inputs.get(1).dimension(0);
        int heads = (int) attention.options().get("numHeads");
        return averaged ? new Shape(queries, keys) : new Shape(heads, queries, keys);
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return Named.of("attention", attention);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        Shape output = outputShape(inputs);
        List<Matrix> zeros = new ArrayList<>();
        inputs.forEach(shape -> zeros.add(workspace.inputGradientBuffer(shape)));
        Matrix[] gradients = zeros.toArray(Matrix[]::new);
        Workspace looking =
                workspace.training() ? Workspace.inference(workspace.batch()) : workspace;
        AttentionMerge merge = new AttentionMerge(attention, inputs, looking);
        return new MergePass() {
            private Matrix all;
            private Matrix rows;

            @Override
            public Matrix forward(Matrix[] given) {
                merge.forward(given);
                Matrix weights = averaged ? merge.pass().averageWeights() : merge.pass().weights();
                if (weights != all) {
                    all = weights;
                    rows = Matrix.of(weights.data(), workspace.batch(), output.features());
                }
                return rows;
            }

            @Override
            public Matrix[] backward(Matrix outputGradient) {
                return gradients;
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("attention", attention, "averaged", averaged);
    }

    @Override
    public String toString() {
        return "AttentionMap(%s%s)".formatted(attention, averaged ? ", averaged" : "");
    }
}
