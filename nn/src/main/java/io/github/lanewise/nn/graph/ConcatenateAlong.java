package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

import java.util.List;
import java.util.SequencedMap;

/**
 * Puts inputs side by side along an axis; {@link Concatenate} is the same for axis 0, where less is
 * to be copied. Backward: each input gets its part of dy.
 *
 * @param axis 0 is the first after the batch
 */
public record ConcatenateAlong(int axis) implements Merge {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("%s: no inputs; give one or more".formatted(this));
        }
        Shape first = inputs.getFirst();
        long sum = 0;
        for (Shape input : inputs) {
            sum += Axes.of(this, input, axis).size();
            boolean fits =
                    input.rank() == first.rank()
                            && Axes.resized(input, axis, first.dimension(axis)).equals(first);
            if (!fits) {
                throw new IllegalArgumentException(
                        "%s: shapes differ: %s and %s; all but axis %s must be equal"
                                .formatted(this, first, input, axis));
            }
        }
        return Axes.resized(first, axis, (int) Math.min(sum, Integer.MAX_VALUE));
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return axis > 0
                ? JointLengths.of(this, inputs, lengths)
                : Merge.super.outputLengths(inputs, lengths);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new AlongPass(this, inputs, outputShape(inputs), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("dim", axis);
    }

    @Override
    public String toString() {
        return "Concatenate(axis %s)".formatted(axis);
    }

    /** Sees everything as rows of what lies along and behind the axis. */
    private static final class AlongPass implements MergePass {

        private final ConcatenateAlong layer;
        private final Kernels kernels;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix[] parts;
        private final RowView[] inputRows;
        private final RowView gradientRows;
        private final Matrix[] gradients;
        private final Matrix[] gradientParts;
        private final Matrix[] windows;
        private Matrix windowsOf;
        private boolean ready;

        AlongPass(ConcatenateAlong layer, List<Shape> inputs, Shape output, Workspace workspace) {
            this.layer = layer;
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.outputs = workspace.buffer(output);
            int count = inputs.size();
            Axes whole = Axes.of(layer, output, layer.axis);
            int width = whole.size() * whole.inner();
            parts = new Matrix[count];
            inputRows = new RowView[count];
            gradients = new Matrix[count];
            gradientParts = new Matrix[count];
            windows = new Matrix[count];
            gradientRows = new RowView(kernels, width);
            Matrix rows = RowView.of(outputs, width);
            int at = 0;
            for (int i = 0; i < count; i++) {
                int cols = inputs.get(i).dimension(layer.axis) * whole.inner();
                parts[i] = window(rows, at, cols);
                inputRows[i] = new RowView(kernels, cols);
                gradients[i] = workspace.inputGradientBuffer(inputs.get(i));
                gradientParts[i] = gradients[i] == null ? null : RowView.of(gradients[i], cols);
                at += cols;
            }
        }

        private static Matrix window(Matrix rows, int from, int cols) {
            return new Matrix(rows.data(), rows.offset() + from, rows.rows(), cols, rows.ld());
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            for (int i = 0; i < inputs.length; i++) {
                kernels.activate(Activation.IDENTITY, inputRows[i].of(inputs[i]), parts[i]);
            }
            ready = true;
            return outputs;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, ready ? this : null);
            if (gradients[0] == null) {
                return gradients;
            }
            Matrix rows = gradientRows.of(outputGradient);
            if (rows != windowsOf) {
                windowsOf = rows;
                int at = 0;
                for (int i = 0; i < windows.length; i++) {
                    windows[i] = window(rows, at, parts[i].cols());
                    at += parts[i].cols();
                }
            }
            for (int i = 0; i < windows.length; i++) {
                kernels.activate(Activation.IDENTITY, windows[i], gradientParts[i]);
            }
            return gradients;
        }
    }
}
