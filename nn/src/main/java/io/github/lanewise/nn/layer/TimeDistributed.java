package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.RowView;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * Applies a layer to every step of a sequence, with the same parameters: the steps of all samples
 * become the samples of one large batch.
 *
 * <p>Inputs are steps x what the layer takes, of which the first dimension is the steps; outputs
 * steps x what it makes.
 */
public final class TimeDistributed implements Layer {

    private final Layer layer;

    /** Makes a layer that applies another to every step. */
    public TimeDistributed(Layer layer) {
        this.layer = Objects.requireNonNull(layer, "layer");
        place();
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return Named.of("layer", layer);
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape step = layer.outputShape(stepOf(input));
        int[] dimensions = new int[step.rank() + 1];
        dimensions[0] = input.dimension(0);
        for (int axis = 0; axis < step.rank(); axis++) {
            dimensions[axis + 1] = step.dimension(axis);
        }
        return new Shape(dimensions);
    }

    private Shape stepOf(Shape input) {
        if (input.rank() < 2) {
            throw new IllegalArgumentException(
                    "TimeDistributed: input is %s; it must be a sequence, its first dimension the steps"
                            .formatted(input));
        }
        int[] dimensions = new int[input.rank() - 1];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = input.dimension(axis + 1);
        }
        return new Shape(dimensions);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        Shape step = stepOf(input);
        Workspace steps = workspace.batch(workspace.batch() * input.dimension(0));
        Pass pass = layer.bind(step, steps);
        RowView inputs = new RowView(workspace.kernels(), step.features());
        RowView outputs = new RowView(workspace.kernels(), output.features());
        int ofStep = output.features() / output.dimension(0);
        RowView gradients = new RowView(workspace.kernels(), ofStep);
        RowView inputGradients = new RowView(workspace.kernels(), input.features());
        return new Pass() {
            @Override
            public Matrix forward(Matrix batch) {
                return outputs.of(pass.forward(inputs.of(batch)));
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                Matrix gradient = pass.backward(gradients.of(outputGradient));
                return gradient == null ? null : inputGradients.of(gradient);
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("layer", layer);
    }

    @Override
    public String toString() {
        return "TimeDistributed(%s)".formatted(layer);
    }
}
