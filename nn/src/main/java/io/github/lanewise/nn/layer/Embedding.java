package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.RandomStream;

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
    private final int padding;
    private final Param weight;

    /** Makes a layer for indices below {@code count} with vectors of so many features. */
    public Embedding(int count, int features) {
        this(count, features, NO_PADDING);
    }

    /**
     * Makes a layer with a padding index.
     *
     * @param count how many vectors; 1 to 2<sup>24</sup>
     * @param features of a vector
     * @param padding index whose vector is not trained, or -1 for none
     * @throws IllegalArgumentException if a number is out of range
     */
    public Embedding(int count, int features, int padding) {
        if (count < 1 || count > MOST || features < 1) {
            throw new IllegalArgumentException(
                    "Embedding: %d vectors of %d features; vectors must be 1 to %d, features 1 or more"
                            .formatted(count, features, MOST));
        }
        if (padding < NO_PADDING || padding >= count) {
            throw new IllegalArgumentException(
                    "Embedding: padding index is %d; it must be from 0 to %d, or -1 for none"
                            .formatted(padding, count - 1));
        }
        this.count = count;
        this.features = features;
        this.padding = padding;
        this.weight = new Param(count, features, this::fill);
    }

    private void fill(Matrix value, RandomStream random) {
        for (int i = 0; i < value.size(); i++) {
            float number = (float) random.gaussian();
            value.data()[value.offset() + i] = i / features == padding ? 0 : number;
        }
    }

    /** Returns the vectors, count x features. */
    public Param weight() {
        return weight;
    }

    int padding() {
        return padding;
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
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight);
        return parameters;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new EmbeddingPass(this, input, workspace);
    }

    @Override
    public String toString() {
        return padding == NO_PADDING
                ? "Embedding(%d, %d)".formatted(count, features)
                : "Embedding(%d, %d, padding %d)".formatted(count, features, padding);
    }
}
