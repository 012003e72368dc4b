package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.SELU;

import java.util.ArrayList;
import java.util.List;

/**
 * The network of the {@link Recipe}: numbers become periodic embeddings, ids of levels vectors, and
 * codes stay; all are scaled, and go through linear layers with activations of a learnt mix.
 */
final class RealMlp {

    private static final int WAVES = 16;
    private static final int NUMBER_FEATURES = 4;
    private static final float FREQUENCY = 0.1f;
    private static final int LEVEL_FEATURES = 8;

    private final List<CategoryEncoder> embedded;
    private final List<Embedding> embeddings = new ArrayList<>();
    private final List<Linear> linears = new ArrayList<>();
    private final List<ParametricActivation> activations = new ArrayList<>();
    private final List<Dropout> dropouts = new ArrayList<>();
    private final PeriodicEmbedding periodic;
    private final FeatureScale scale;
    private final Model front;
    private final Model model;

    /** Makes the network with first values that data have yet to adjust. */
    RealMlp(Preprocessing preprocessing, Target target, Recipe recipe, long seed) {
        this.embedded = preprocessing.embedded();
        Features.Counts counts = preprocessing.counts();
        this.periodic =
                counts.numbers() == 0
                        ? null
                        : new PeriodicEmbedding(
                                counts.numbers(), WAVES, NUMBER_FEATURES, FREQUENCY);
        List<Input> inputs = new ArrayList<>();
        Value features = features(counts, inputs);
        this.scale = new FeatureScale(features.shape().features());
        Value last = features.then(scale);
        for (int width : recipe.hidden()) {
            Linear linear = new Linear(last.shape().features(), width);
            ParametricActivation activation =
                    new ParametricActivation(function(target.task()), width);
            Dropout dropout = new Dropout((float) recipe.dropout());
            last = last.then(linear, activation, dropout);
            linears.add(linear);
            activations.add(activation);
            dropouts.add(dropout);
        }
        Linear output = new Linear(last.shape().features(), target.outputs());
        linears.add(output);
        this.model = new Model(inputs, List.of(last.then(output)));
        model.initialize(seed);
        this.front = new Model(inputs, List.of(features.then(scale)));
    }

    /**
     * Returns how many numbers the linear layers hold, and so the network at least: what a file
     * must have before anything of this size is made.
     */
    static double leastSize(Preprocessing preprocessing, Target target, Recipe recipe) {
        Features.Counts counts = preprocessing.counts();
        double features =
                (double) counts.numbers() * NUMBER_FEATURES
                        + counts.codes()
                        + (double) counts.ids() * LEVEL_FEATURES;
        double size = 0;
        for (int width : recipe.hidden()) {
            size += features * width;
            features = width;
        }
        return size + features * target.outputs();
    }

    private Value features(Features.Counts counts, List<Input> inputs) {
        List<Value> parts = new ArrayList<>();
        if (counts.numbers() > 0) {
            Input numbers = new Input(counts.numbers());
            inputs.add(numbers);
            parts.add(numbers.then(periodic));
        }
        if (counts.codes() > 0) {
            Input codes = new Input(counts.codes());
            inputs.add(codes);
            parts.add(codes);
        }
        for (CategoryEncoder encoder : embedded) {
            Input id = new Input(1);
            Embedding embedding = new Embedding(encoder.ids(), LEVEL_FEATURES);
            embeddings.add(embedding);
            inputs.add(id);
            parts.add(id.then(embedding, new Flatten()));
        }
        return parts.size() == 1 ? parts.getFirst() : Value.concat(parts.toArray(Value[]::new));
    }

    private static Nonlinearity function(Task task) {
        return task.isClassification() ? new SELU() : new Mish();
    }

    /** Returns the whole network. */
    Model model() {
        return model;
    }

    /** Returns what comes before the first linear layer. */
    Model front() {
        return front;
    }

    List<Linear> linears() {
        return linears;
    }

    List<ParametricActivation> activations() {
        return activations;
    }

    List<Dropout> dropouts() {
        return dropouts;
    }

    List<Embedding> embeddings() {
        return embeddings;
    }

    FeatureScale scale() {
        return scale;
    }

    /** Returns the embedding of numbers; null if there are none. */
    PeriodicEmbedding periodic() {
        return periodic;
    }

    /** Returns the shape of a row of features. */
    Shape inputShape() {
        return model.inputShape();
    }

    /**
     * Gives levels that training has not seen the mean of the trained vectors, weighed by how often
     * each level was there; missing cells, too, if there was none in training.
     */
    void fillUnknown() {
        for (int e = 0; e < embeddings.size(); e++) {
            CategoryEncoder encoder = embedded.get(e);
            Matrix vectors = embeddings.get(e).weight().value();
            for (int j = 0; j < vectors.cols(); j++) {
                double sum = 0;
                long rows = 0;
                for (int id = 0; id < encoder.unknownId(); id++) {
                    sum += (double) encoder.count(id) * vectors.at(id, j);
                    rows += encoder.count(id);
                }
                set(vectors, encoder.unknownId(), j, sum / rows);
                if (encoder.count(0) == 0) {
                    set(vectors, 0, j, sum / rows);
                }
            }
        }
    }

    private static void set(Matrix matrix, int i, int j, double value) {
        matrix.data()[matrix.offset() + i * matrix.ld() + j] = (float) value;
    }

    /** Returns copies of all values. */
    List<float[]> copyValues() {
        List<float[]> copies = new ArrayList<>();
        for (Param parameter : model.parameters().values()) {
            copies.add(parameter.value().data().clone());
        }
        return copies;
    }

    /** Sets all values to copies. */
    void setValues(List<float[]> copies) {
        int i = 0;
        for (Param parameter : model.parameters().values()) {
            float[] copy = copies.get(i++);
            System.arraycopy(copy, 0, parameter.value().data(), 0, copy.length);
        }
    }
}
