package io.github.lanewise.nn.norm;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A layer whose weight is computed from other parameters before each forward pass, which are
 * trained in its place; its bias and all else stay.
 *
 * <p>What is computed lies where the layer has its weight, for the layer to read.
 */
public abstract class Reparametrized implements Layer {

    private final Layer layer;
    private final Param weight;
    private final Param original;

    Reparametrized(Layer layer) {
        this.layer = Objects.requireNonNull(layer, "layer");
        this.weight = layer.parameters().get("weight");
        if (weight == null) {
            throw new IllegalArgumentException(
                    "%s: %s has no weight; give a layer that has"
                            .formatted(getClass().getSimpleName(), layer));
        }
        this.original = originalOf(weight);
    }

    /** Makes a parameter that begins as a weight would, or is: values that were set stay. */
    private static Param originalOf(Param weight) {
        Matrix before = weight.isDrawn() ? copyOf(weight.value()) : null;
        int rows = weight.rows();
        int cols = weight.cols();
        Initializer asTheWeight =
                (value, random) -> {
                    weight.initialize(random);
                    copy(weight.value(), value);
                };
        Param original = new Param(rows, cols, asTheWeight);
        if (weight.fans() != null) {
            original.fans(weight.fans());
        } else {
            original.withoutFans();
        }
        if (weight.isSavedTransposed()) {
            original.savedTransposed();
        } else {
            original.savedAs(weight.savedShape());
        }
        if (before != null) {
            copy(before, original.overwrite());
        }
        return original;
    }

    private static Matrix copyOf(Matrix value) {
        Matrix copy = Matrix.zeros(value.rows(), value.cols());
        copy(value, copy);
        return copy;
    }

    private static void copy(Matrix from, Matrix to) {
        System.arraycopy(from.data(), from.offset(), to.data(), to.offset(), from.size());
    }

    /** Returns the layer that was given. */
    public final Layer layer() {
        return layer;
    }

    /** Returns the parameter that has the weight's shape. */
    public final Param original() {
        return original;
    }

    /** Returns the weight that the layer sees. */
    final Param weight() {
        return weight;
    }

    /** Returns the parameters that the weight is computed from, by PyTorch's names. */
    abstract SequencedMap<String, Param> originals();

    /** Makes what computes the weight of one pass. */
    abstract Computation bind(boolean training);

    /** Computes the weight, and what its gradient means for the parameters. */
    interface Computation {

        void forward();

        /**
         * Adds to the gradients.
         *
         * @param dWeight gradient with respect to the weight
         */
        void backward(Matrix dWeight);
    }

    @Override
    public final Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public final Shape inputShape() {
        return layer.inputShape();
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        weight.overwrite();
        Pass pass = layer.bind(input, workspace);
        Computation computation = bind(workspace.training());
        return new Pass() {
            @Override
            public Matrix forward(Matrix inputs) {
                computation.forward();
                return pass.forward(inputs);
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                weight.clearGradient();
                Matrix inputGradient = pass.backward(outputGradient);
                computation.backward(weight.gradient());
                return inputGradient;
            }
        };
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> all = new LinkedHashMap<>(originals());
        layer.parameters()
                .forEach(
                        (name, parameter) -> {
                            if (parameter != weight) {
                                all.put(name, parameter);
                            }
                        });
        return all;
    }

    @Override
    public SequencedMap<String, State> states() {
        return layer.states();
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("layer", layer);
    }

    @Override
    public String toString() {
        return "%s(%s)".formatted(getClass().getSimpleName(), layer);
    }
}
