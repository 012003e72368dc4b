package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Combines two inputs a and b of one shape, number by number: y = a + b, a - b or a b.
 *
 * <p>Backward: of a sum da = db = dy, of a difference da = dy and db = -dy, of a product da = dy b
 * and db = dy a.
 *
 * @param how sum, difference or product
 */
public record Elementwise(Combination how) implements Merge {

    /** Makes the layer. */
    public Elementwise {
        Objects.requireNonNull(how, "how");
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes two".formatted(this, inputs.size()));
        }
        if (!inputs.get(0).equals(inputs.get(1))) {
            throw new IllegalArgumentException(
                    ("%s: shapes differ: %s and %s; they must be equal, or 1 where they"
                                    + " differ")
                            .formatted(this, inputs.get(0), inputs.get(1)));
        }
        return inputs.get(0);
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return JointLengths.of(this, inputs, lengths);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new ElementwisePass(this, outputShape(inputs), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("how", how.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return switch (how) {
            case ADD -> "Add()";
            case SUBTRACT -> "Subtract()";
            case MULTIPLY -> "Multiply()";
        };
    }

    private static final class ElementwisePass implements MergePass {

        private final Elementwise layer;
        private final Kernels kernels;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix[] gradients = new Matrix[2];
        private Matrix first;
        private Matrix second;

        ElementwisePass(Elementwise layer, Shape shape, Workspace workspace) {
            this.layer = layer;
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.outputs = workspace.buffer(shape);
            if (layer.how == Combination.MULTIPLY) {
                gradients[0] = workspace.inputGradientBuffer(shape);
            }
            if (layer.how != Combination.ADD) {
                gradients[1] = workspace.inputGradientBuffer(shape);
            }
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            first = inputs[0];
            second = inputs[1];
            kernels.combine(layer.how, first, second, outputs);
            return outputs;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, first);
            switch (layer.how) {
                case ADD -> {
                    gradients[0] = outputGradient;
                    gradients[1] = outputGradient;
                }
                case SUBTRACT -> subtractGradient(outputGradient);
                case MULTIPLY -> multiplyGradient(outputGradient);
            }
            return gradients;
        }

        private void subtractGradient(Matrix outputGradient) {
            gradients[0] = outputGradient;
            if (gradients[1] != null) {
                kernels.activate(Activation.IDENTITY, outputGradient, gradients[1]);
                kernels.scale(-1, gradients[1]);
            }
        }

        private void multiplyGradient(Matrix outputGradient) {
            if (gradients[1] != null) {
                kernels.combine(Combination.MULTIPLY, outputGradient, second, gradients[0]);
                kernels.combine(Combination.MULTIPLY, outputGradient, first, gradients[1]);
            }
        }
    }
}
