package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;

/**
 * Puts inputs side by side along their first dimension: vectors one after another, the channels of
 * images one above another. Backward: each input gets its window of dy, nothing is copied.
 */
public record Concatenate() implements Merge {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return outputShape("Concatenate()", inputs);
    }

    /** Returns the joint shape; a complaint names who asks. */
    static Shape outputShape(String name, List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(name + ": no inputs; give one or more");
        }
        Shape first = inputs.getFirst();
        int[] dimensions = first.dimensions();
        for (int i = 1; i < inputs.size(); i++) {
            int[] other = inputs.get(i).dimensions();
            long sum = (long) dimensions[0] + other[0];
            other[0] = first.dimension(0);
            if (!new Shape(other).equals(first)) {
                throw new IllegalArgumentException(
                        "%s: shapes differ: %s and %s; all but the first dimension must be equal"
                                .formatted(name, first, inputs.get(i)));
            }
            dimensions[0] = (int) Math.min(sum, Integer.MAX_VALUE);
        }
        return new Shape(dimensions);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new ConcatenatePass(inputs, workspace.buffer(outputShape(inputs)), workspace);
    }

    @Override
    public String toString() {
        return "Concatenate()";
    }

    private static final class ConcatenatePass implements MergePass {

        private final Kernels kernels;
        private final boolean training;
        private final Columns forward;
        private final Columns backward;
        private final Matrix outputs;
        private boolean ready;

        ConcatenatePass(List<Shape> inputs, Matrix outputs, Workspace workspace) {
            this.kernels = workspace.kernels();
            this.training = workspace.training();
            this.forward = new Columns(inputs);
            this.backward = new Columns(inputs);
            this.outputs = outputs;
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            forward.join(kernels, inputs, outputs);
            ready = true;
            return outputs;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward("Concatenate()", training, ready ? this : null);
            return backward.split(outputGradient);
        }
    }
}
