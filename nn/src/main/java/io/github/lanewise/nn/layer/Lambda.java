package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.internal.Passes;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A layer that is a function of the program's own, with its gradient and without parameters:
 *
 * <pre>{@code
 * new Lambda(
 *         "Cube",
 *         (x, y) -> { for each element: y = x * x * x; },
 *         (x, y, dy, dx) -> { for each element: dx = 3 * x * x * dy; })
 * }</pre>
 *
 * <p>Inputs may have padding between their rows, outputs have none. {@link
 * io.github.lanewise.nn.train.GradientCheck} tells whether the gradient is right. A model with such
 * a layer cannot be written into a model file.
 */
public final class Lambda implements Layer {

    /** Computes outputs y from inputs x, which it only reads. */
    @FunctionalInterface
    public interface Function {
        /** Writes all of y. */
        void apply(Matrix x, Matrix y);
    }

    /** Computes the gradient dx from inputs x, outputs y and the outputs' gradient dy. */
    @FunctionalInterface
    public interface Gradient {
        /** Writes all of dx. */
        void apply(Matrix x, Matrix y, Matrix dy, Matrix dx);
    }

    private final Options options = new Options();
    private final String name;
    private final Function function;
    private final Gradient gradient;
    private UnaryOperator<Shape> shape = UnaryOperator.identity();
    private boolean stepwise;

    /** Makes a layer of outputs that have the shape of the inputs. */
    public Lambda(String name, Function function, Gradient gradient) {
        this.name = Objects.requireNonNull(name, "name");
        this.function = Objects.requireNonNull(function, "function");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
    }

    /**
     * Says which shape the outputs have, given that of the inputs; it throws
     * IllegalArgumentException if the function cannot take such inputs.
     */
    public Lambda outputShape(UnaryOperator<Shape> rule) {
        options.requireOpen(this, "outputShape");
        shape = Objects.requireNonNull(rule, "rule");
        return this;
    }

    /**
     * Says that each step of the outputs is made of the same step of the inputs alone, so that
     * sequences of unequal length may pass.
     */
    public Lambda stepwise() {
        options.requireOpen(this, "stepwise");
        stepwise = true;
        return this;
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return stepwise ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        return shape.apply(Objects.requireNonNull(input, "input"));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Matrix outputs = workspace.buffer(outputShape(input));
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        return new Pass() {
            private Matrix saved;

            @Override
            public Matrix forward(Matrix inputs) {
                function.apply(inputs, outputs);
                saved = inputs;
                return outputs;
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                Passes.requireForward(Lambda.this, workspace.training(), saved);
                if (inputGradient != null) {
                    gradient.apply(saved, outputs, outputGradient, inputGradient);
                }
                return inputGradient;
            }
        };
    }

    @Override
    public String toString() {
        return name + "()";
    }
}
