package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.StagedPass;

import java.util.List;
import java.util.function.Consumer;

/**
 * A graph's pass with all its inputs side by side in one matrix, and all its outputs in another.
 * Inputs and output gradients are split into windows; outputs and input gradients are copied into
 * one matrix if there are several.
 */
final class PackedPass implements StagedPass {

    private final String name;
    private final Workspace workspace;
    private final GraphPass pass;
    private final Columns inputs;
    private final Columns outputGradients;
    private final Packing outputs;
    private final Packing inputGradients;
    private boolean ready;

    PackedPass(Graph graph, List<Shape> inputShapes, Workspace workspace) {
        this.name = graph.name();
        this.workspace = workspace;
        Shape[] shapes = graph.shapes(inputShapes);
        List<Shape> outputShapes = graph.outputs().stream().map(slot -> shapes[slot]).toList();
        this.pass = new GraphPlan(graph, inputShapes, workspace).pass();
        this.inputs = new Columns(inputShapes);
        this.outputGradients = new Columns(outputShapes);
        this.outputs = new Packing(outputShapes, workspace);
        this.inputGradients =
                workspace.inputGradient() ? new Packing(inputShapes, workspace) : null;
    }

    @Override
    public void onGradient(Consumer<Param> listener) {
        pass.onGradient(listener);
    }

    @Override
    public Matrix forward(Matrix matrix) {
        if (matrix.rows() != workspace.batch() || matrix.cols() != inputs.features()) {
            throw new IllegalArgumentException(
                    "forward: %s: inputs are %s; the pass was bound to %sx%s"
                            .formatted(name, matrix.shape(), workspace.batch(), inputs.features()));
        }
        Matrix result = outputs.join(pass.forward(inputs.split(matrix)));
        ready = true;
        return result;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(name, workspace.training(), ready ? this : null);
        Matrix[] gradients = pass.backward(outputGradients.split(outputGradient));
        return inputGradients == null ? null : inputGradients.join(gradients);
    }
}
