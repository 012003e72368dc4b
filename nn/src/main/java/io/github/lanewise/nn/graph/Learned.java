package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Makes the same sample for each row of the batch, of no input, and trains it: PyTorch's {@code
 * nn.Parameter} that a network adds, multiplies or puts in front of its inputs, such as a class
 * token. Its numbers start at 0. Backward: dWeight = the column sums of dOutputs.
 */
public final class Learned implements Merge {

    private final Shape shape;
    private final Param weight;

    /** Makes a value of this shape. */
    public Learned(Shape shape) {
        this.shape = Objects.requireNonNull(shape, "shape");
        this.weight = new Param(1, shape.features(), Initializer.constant(0)).savedAs(shape);
    }

    /** Returns the numbers, a row. */
    public Param weight() {
        return weight;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (!inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes none".formatted(this, inputs.size()));
        }
        return shape;
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        Kernels kernels = workspace.kernels();
        Matrix outputs = workspace.buffer(outputShape(inputs));
        int[] rows = new int[outputs.rows()];
        return new MergePass() {
            private final Matrix[] none = {};
            private boolean ready;

            @Override
            public Matrix forward(Matrix[] inputs) {
                kernels.gatherRows(weight.value(), rows, outputs);
                ready = true;
                return outputs;
            }

            @Override
            public Matrix[] backward(Matrix outputGradient) {
                Passes.requireForward(
                        Learned.this, workspace.training(), ready ? Learned.this : null);
                kernels.columnSums(
                        outputGradient, weight.accumulator().nextBeta(), weight.gradient());
                return none;
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("shape", shape.toList());
    }

    @Override
    public String toString() {
        return "Learned(%s)".formatted(shape);
    }
}
