package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Looks up a trained vector for each index: outputs[t] = weight[inputs[t]].
 *
 * <p>Inputs are indices held as floats, any shape of them, each a whole number from 0 to count - 1
 * (exact up to 2<sup>24</sup>); outputs have one more dimension, the vector. Weight is count x
 * features and starts from N(0, 1). Backward adds dOutputs[t] to row inputs[t] of the weight's
 * gradient, in ascending order of samples and positions; rows that were not looked up get none.
 *
 * <p>An index may be set aside for padding: its vector starts at 0 and gets no gradient.
 */
public final class Embedding implements Layer {

    private static final int MOST = 1 << 24;
    private static final int NO_PADDING = -1;

    private final int count;
    private final int features;
    private final Options options = new Options();
    private final Param weight;
    private int paddingIdx = NO_PADDING;
    private boolean sparse;

    /**
     * Makes a layer for indices below {@code count} with vectors of so many features.
     *
     * @param count how many vectors; 1 to 2<sup>24</sup>
     * @param features of a vector
     * @throws IllegalArgumentException if a number is out of range
     */
    public Embedding(int count, int features) {
        if (count < 1 || count > MOST || features < 1) {
            throw new IllegalArgumentException(
                    "Embedding: %s vectors of %s features; vectors must be 1 to %s, features 1 or more"
                            .formatted(count, features, MOST));
        }
        this.count = count;
        this.features = features;
        weight =
                new Param(count, features, Initializer.normal(0, 1))
                        .fans(Fans.ofColumns(count, features))
                        .savedAs(new Shape(count, features));
    }

    /**
     * Sets the index whose vector is 0 and not trained, whichever initializer draws the others.
     *
     * @throws IllegalArgumentException if there is no such vector
     */
    public Embedding paddingIdx(int index) {
        options.requireOpen(this, "paddingIdx");
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "Embedding: padding index is %s; it must be from 0 to %s"
                            .formatted(index, count - 1));
        }
        paddingIdx = index;
        weight.zeroRow(index);
        return this;
    }

    /**
     * Lets training clear and update only the vectors that a step has looked up: for large tables.
     *
     * <p>The results are the same bits, and a step takes the time of the batch, not of the table,
     * with {@link io.github.lanewise.nn.optim.SGD} without momentum and {@link
     * io.github.lanewise.nn.optim.Adagrad}, both without weight decay: their rules leave vectors
     * without a gradient alone. {@link io.github.lanewise.nn.optim.SparseAdam} does by its
     * definition. All other rules change them, and take all of the table; so does training in
     * shards. {@link io.github.lanewise.nn.optim.ClipNorm} goes over all of the gradient, too.
     */
    public Embedding sparse() {
        options.requireOpen(this, "sparse");
        sparse = true;
        weight.accumulator().ofRows();
        return this;
    }

    /** Returns the vectors, count x features. */
    public Param weight() {
        options.close();
        return weight;
    }

    int paddingIdx() {
        return paddingIdx;
    }

    @Override
    public Shape outputShape(Shape input) {
        int[] dimensions = new int[input.rank() + 1];
        for (int axis = 0; axis < input.rank(); axis++) {
            dimensions[axis] = input.dimension(axis);
        }
        dimensions[input.rank()] = features;
        return new Shape(dimensions);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        options.close();
        return Named.of("weight", weight);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new EmbeddingPass(this, input, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("numEmbeddings", count);
        all.put("embeddingDim", features);
        if (paddingIdx != NO_PADDING) {
            all.put("paddingIdx", paddingIdx);
        }
        if (sparse) {
            all.put("sparse", true);
        }
        return all;
    }

    @Override
    public String toString() {
        String padding = paddingIdx == NO_PADDING ? "" : ", padding %s".formatted(paddingIdx);
        return "Embedding(%s, %s%s%s)"
                .formatted(count, features, padding, sparse ? ", sparse" : "");
    }
}
