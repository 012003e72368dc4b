package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Multiplies each number by another and adds a third: y = scale x + shift, none of them trained.
 * Backward: dx = scale dy.
 */
public final class Affine implements Layer {

    private final float scale;
    private final float shift;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public Affine(float scale, float shift) {
        this.scale = scale;
        this.shift = shift;
        if (!Float.isFinite(scale) || !Float.isFinite(shift)) {
            throw new IllegalArgumentException(
                    "%s: a number is not finite; give finite ones".formatted(this));
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Kernels kernels = workspace.kernels();
        Matrix outputs = workspace.buffer(input);
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        Matrix shifts = Matrix.zeros(1, input.features());
        Arrays.fill(shifts.data(), shift);
        return new Pass() {
            private boolean ready;

            @Override
            public Matrix forward(Matrix inputs) {
                kernels.activate(Activation.IDENTITY, inputs, outputs);
                scale(outputs);
                if (shift != 0) {
                    kernels.addRow(shifts, outputs);
                }
                ready = true;
                return outputs;
            }

            private void scale(Matrix x) {
                if (scale != 1) {
                    kernels.scale(scale, x);
                }
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                Passes.requireForward(
                        Affine.this, workspace.training(), ready ? Affine.this : null);
                if (inputGradient != null) {
                    kernels.activate(Activation.IDENTITY, outputGradient, inputGradient);
                    scale(inputGradient);
                }
                return inputGradient;
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("scale", scale, "shift", shift);
    }

    @Override
    public String toString() {
        return "Affine(%s x + %s)".formatted(scale, shift);
    }
}
