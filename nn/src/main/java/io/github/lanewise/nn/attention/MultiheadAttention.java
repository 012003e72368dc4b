package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Dropout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Attention of several heads (Vaswani et al., "Attention is all you need", 2017).
 *
 * <p>Queries, keys and values are batch x (steps x features). Each is multiplied by its part of
 * {@code in_proj_weight}, a bias is added, and it is cut into heads of d = features / heads
 * columns. For each sample and head,
 *
 * <pre>
 * scores  = q k^T / sqrt(d) + mask                              steps x keys
 * weights = dropout(softmax(scores))
 * context = weights v
 * </pre>
 *
 * and the outputs are the contexts of all heads, side by side, times {@code out_proj.weight}, plus
 * a bias. As a layer of a {@link io.github.lanewise.nn.graph.Sequential} it is self-attention:
 * queries, keys and values are its inputs. In a graph, {@link Value#merge} gives it two inputs
 * (queries; what is keys and values), three (queries, keys, values) or four: the last is added to
 * the scores, queries x keys or heads x queries x keys, 0 where a query sees a key and minus
 * infinity where not; its gradient is computed, so it may be trained.
 *
 * <p>Weights take memory that is linear in the number of steps: many are computed in blocks, and
 * again for the gradients, with the same bits.
 *
 * <p>Parameters have PyTorch's names and initialization: {@code in_proj_weight}, features x (3
 * features), the parts for q, k and v side by side (PyTorch's transposed), from Glorot's uniform
 * distribution; three weights {@code q_proj_weight}, {@code k_proj_weight}, {@code v_proj_weight}
 * where keys or values have other features than queries; {@code out_proj.weight} as {@link
 * io.github.lanewise.nn.layer.Linear}'s; biases 0.
 */
public final class MultiheadAttention implements Merge {

    /** Of rotary positions, as in RoFormer. */
    static final float USUAL_BASE = 10_000;

    private final int features;
    private final int heads;
    private final Options options = new Options();
    private int kdim;
    private int vdim;
    private int keyValueHeads;
    private boolean hasBias = true;
    private boolean causal;
    private float rotaryBase;
    private Dropout dropout;
    private AttentionBlocks limits = AttentionBlocks.USUAL;
    private AttentionWeights weights;

    /**
     * Makes a layer in which every step sees every other.
     *
     * @param features of a step; a multiple of heads
     * @param heads how many
     * @throws IllegalArgumentException if heads do not divide the features
     */
    public MultiheadAttention(int features, int heads) {
        if (features < 1 || heads < 1 || features % heads != 0) {
            throw new IllegalArgumentException(
                    "MultiheadAttention: %s features for %s heads; heads must divide features"
                            .formatted(features, heads));
        }
        this.features = features;
        this.heads = heads;
        kdim = features;
        vdim = features;
        keyValueHeads = heads;
    }

    /** Lets a step see itself and earlier steps only. */
    public MultiheadAttention causal() {
        options.requireOpen(this, "causal");
        causal = true;
        return this;
    }

    /**
     * Drops weights while training, with this probability; 0 unless set. The random numbers are
     * those of a {@link Dropout}.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public MultiheadAttention dropout(float p) {
        options.requireOpen(this, "dropout");
        Dropout checked = new Dropout(p);
        dropout = p == 0 ? null : checked;
        return this;
    }

    /** Sets the features of keys; as many as of queries unless set. */
    public MultiheadAttention kdim(int features) {
        options.requireOpen(this, "kdim");
        kdim = Numbers.requirePositive("MultiheadAttention", "kdim", features);
        return this;
    }

    /** Sets the features of values; as many as of queries unless set. */
    public MultiheadAttention vdim(int features) {
        options.requireOpen(this, "vdim");
        vdim = Numbers.requirePositive("MultiheadAttention", "vdim", features);
        return this;
    }

    /**
     * Groups queries (Ainslie et al., "GQA", 2023): there are so many heads of keys and values, and
     * heads / number heads of queries on end share each; 1 is multi-query attention.
     *
     * @throws IllegalArgumentException if it does not divide the heads
     */
    public MultiheadAttention keyValueHeads(int number) {
        options.requireOpen(this, "keyValueHeads");
        if (number < 1 || heads % number != 0) {
            throw new IllegalArgumentException(
                    "MultiheadAttention: %s heads of keys and values for %s heads; they must divide them"
                            .formatted(number, heads));
        }
        keyValueHeads = number;
        return this;
    }

    /** Turns queries and keys by their positions, as {@link #rotary(float)} with base 10,000. */
    public MultiheadAttention rotary() {
        return rotary(USUAL_BASE);
    }

    /**
     * Turns queries and keys by their positions (rotary positions; Su et al., "RoFormer", 2021):
     * features i and i + d/2 of a head of step t as a point in a plane, by the angle t
     * base<sup>-2i/d</sup>, for i &lt; d/2.
     *
     * @throws IllegalArgumentException if a head has an odd number of features, or the base is not
     *     above 1
     */
    public MultiheadAttention rotary(float base) {
        options.requireOpen(this, "rotary");
        if (features / heads % 2 != 0) {
            throw new IllegalArgumentException(
                    "MultiheadAttention: heads of %s features cannot turn; give them an even number"
                            .formatted(features / heads));
        }
        if (!(base > 1 && base < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "MultiheadAttention: rotary base is %s; it must be above 1".formatted(base));
        }
        rotaryBase = base;
        return this;
    }

    /** Takes all biases away. */
    public MultiheadAttention withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    /** Sets when weights are computed in blocks; for tests. */
    MultiheadAttention limits(AttentionBlocks blocks) {
        options.requireOpen(this, "limits");
        limits = blocks;
        return this;
    }

    AttentionBlocks limits() {
        return limits;
    }

    Dropout dropout() {
        return dropout;
    }

    synchronized AttentionWeights weights() {
        options.close();
        if (weights == null) {
            int keyWidth = features / heads * keyValueHeads;
            weights = new AttentionWeights(new int[] {features, kdim, vdim}, keyWidth, hasBias);
        }
        return weights;
    }

    /** Returns what is between inputs of these shapes. */
    AttentionExtent extent(int samples, Shape[] inputs, boolean unequal) {
        int queries = inputs[0].dimension(0);
        int keys = inputs.length == 1 ? queries : inputs[1].dimension(0);
        return new AttentionExtent(
                samples, heads, keyValueHeads, features / heads, queries, keys, causal, unequal);
    }

    /** Returns what turns so many steps; null for none. */
    Rotary rotaryOf(int steps) {
        return rotaryBase == 0 ? null : new Rotary(steps, features / heads, rotaryBase);
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        if (kdim != features || vdim != features) {
            throw new IllegalArgumentException(
                    "%s: one input cannot be queries, keys and values; give it several by Value.merge"
                            .formatted(this));
        }
        return LastDimensions.requireSequence(this, input, features);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        options.close();
        if (inputs.size() == 1) {
            return outputShape(inputs.getFirst());
        }
        if (inputs.isEmpty() || inputs.size() > AttentionMerge.MASK + 1) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes one to four: queries, keys, values, mask"
                            .formatted(this, inputs.size()));
        }
        Shape queries = LastDimensions.requireSequence(this, inputs.get(0), features);
        Shape keys = LastDimensions.requireSequence(this, inputs.get(1), kdim);
        Shape values = LastDimensions.requireSequence(this, valuesOf(inputs), vdim);
        if (values.dimension(0) != keys.dimension(0)) {
            throw new IllegalArgumentException(
                    "%s: keys are %s, values %s; both must have as many steps"
                            .formatted(this, keys, values));
        }
        if (inputs.size() > AttentionMerge.MASK) {
            Shape mask = inputs.get(AttentionMerge.MASK);
            Shape once = new Shape(queries.dimension(0), keys.dimension(0));
            Shape each = new Shape(heads, queries.dimension(0), keys.dimension(0));
            if (!mask.equals(once) && !mask.equals(each)) {
                throw new IllegalArgumentException(
                        "%s: mask is %s; it must be %s or %s".formatted(this, mask, once, each));
            }
        }
        return queries;
    }

    private static Shape valuesOf(List<Shape> inputs) {
        return inputs.get(Math.min(2, inputs.size() - 1));
    }

    /** Returns the lengths of the inputs: padding is no key of anybody. */
    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    /** Returns the lengths of the queries; padding among the keys is seen by none. */
    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        Lengths keys = lengths.part(1);
        boolean values = inputs.size() < 3 || lengths.part(2) == keys;
        boolean mask = inputs.size() <= AttentionMerge.MASK || lengths.part(3) == null;
        return values && mask ? lengths.part(0) : Merge.super.outputLengths(inputs, lengths);
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        if (dropout != null) {
            options.close();
            children.put("dropout", dropout);
        }
        return children;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return weights().parameters();
    }

    /** Makes a pass of self-attention. */
    @Override
    public AttentionPass bind(Shape input, Workspace workspace) {
        return new AttentionPass(this, new Shape[] {outputShape(input)}, workspace);
    }

    /**
     * Makes a pass that takes queries from one place and keys and values from another.
     *
     * @param queries steps x features
     * @param keys shape of keys; values have as many steps, of {@code vdim} features
     * @param workspace hands out the buffers
     * @throws IllegalArgumentException if a shape does not fit
     */
    public AttentionPass bind(Shape queries, Shape keys, Workspace workspace) {
        Shape values = keys.rank() == 2 ? new Shape(keys.dimension(0), vdim) : keys;
        outputShape(List.of(queries, keys, values));
        return new AttentionPass(this, new Shape[] {queries, keys, values}, workspace);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new AttentionMerge(this, inputs, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("embedDim", features);
        all.put("numHeads", heads);
        all.put("causal", causal);
        put(all, "dropout", dropout == null ? 0f : dropout.p(), 0f);
        put(all, "kdim", kdim, features);
        put(all, "vdim", vdim, features);
        put(all, "keyValueHeads", keyValueHeads, heads);
        put(all, "rotary", rotaryBase, 0f);
        put(all, "bias", hasBias, true);
        return all;
    }

    /** Files name an option that came after the first of them only if it is not as usual. */
    static void put(SequencedMap<String, Object> all, String name, Object now, Object usual) {
        if (!now.equals(usual)) {
            all.put(name, now);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MultiheadAttention(");
        text.append(features).append(", ").append(heads).append(" heads");
        SequencedMap<String, Object> all = options();
        all.remove("embedDim");
        all.remove("numHeads");
        text.append(all.remove("causal").equals(true) ? ", causal" : "");
        all.forEach((name, value) -> text.append(", ").append(name).append('=').append(value));
        return text.append(')').toString();
    }
}
