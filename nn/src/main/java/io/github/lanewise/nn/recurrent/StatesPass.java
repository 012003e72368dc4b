package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.RowCopy;

import java.util.List;

/** Carries states between the rows of a graph and a {@link RecurrentPass}. */
final class StatesPass implements MergePass {

    private final RecurrentPass pass;
    private final Kernels kernels;
    private final int directions;
    private final int count;
    private final Columns parts;
    private final Columns gradientParts;
    private final Matrix[] made;
    private final Matrix[] gradients;
    private final Matrix outputs;

    StatesPass(RecurrentStates call, List<Shape> inputs, RecurrentPass pass, Workspace workspace) {
        this.pass = pass;
        kernels = workspace.kernels();
        Recurrence extent = call.layer().recurrence();
        directions = extent.directions();
        count = extent.layers() * directions;
        List<Shape> shapes = call.parts(inputs.getFirst());
        parts = new Columns(shapes);
        gradientParts = new Columns(shapes);
        made = new Matrix[shapes.size()];
        for (int i = 1; i < made.length; i++) {
            made[i] = workspace.buffer(shapes.get(i));
        }
        gradients = new Matrix[inputs.size()];
        for (int i = 1; i < gradients.length; i++) {
            gradients[i] = workspace.inputGradientBuffer(inputs.get(i));
        }
        outputs = workspace.buffer(call.outputShape(inputs));
    }

    /** Which states of the pass, and of which kind: 1 for hidden states, 2 for cell states. */
    private enum End {
        INITIAL,
        LAST,
        LAST_GRADIENT,
        INITIAL_GRADIENT
    }

    private Matrix state(End end, int kind, int s) {
        int level = s / directions;
        int direction = s % directions;
        boolean hidden = kind == 1;
        return switch (end) {
            case INITIAL ->
                    hidden
                            ? pass.initialHidden(level, direction)
                            : pass.initialCellState(level, direction);
            case LAST ->
                    hidden
                            ? pass.lastHidden(level, direction)
                            : pass.lastCellState(level, direction);
            case LAST_GRADIENT ->
                    hidden
                            ? pass.lastHiddenGradient(level, direction)
                            : pass.lastCellStateGradient(level, direction);
            case INITIAL_GRADIENT ->
                    hidden
                            ? pass.initialHiddenGradient(level, direction)
                            : pass.initialCellStateGradient(level, direction);
        };
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        for (int kind = 1; kind < inputs.length; kind++) {
            unstack(inputs[kind], End.INITIAL, kind);
        }
        made[0] = pass.forward(inputs[0]);
        for (int kind = 1; kind < made.length; kind++) {
            stack(End.LAST, kind, made[kind]);
        }
        parts.join(kernels, made, outputs);
        return outputs;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix[] given = gradientParts.split(outputGradient);
        for (int kind = 1; kind < given.length; kind++) {
            unstack(given[kind], End.LAST_GRADIENT, kind);
        }
        gradients[0] = pass.backward(given[0]);
        for (int kind = 1; kind < gradients.length; kind++) {
            if (gradients[kind] != null) {
                stack(End.INITIAL_GRADIENT, kind, gradients[kind]);
            }
        }
        return gradients;
    }

    /** Takes all layers' states out of the rows of samples. */
    private void unstack(Matrix rows, End end, int kind) {
        int width = rows.cols() / count;
        for (int s = 0; s < count; s++) {
            RowCopy.copy(rows, s * width, state(end, kind, s), 0, width);
        }
    }

    /** Brings all layers' states together in the rows of samples. */
    private void stack(End end, int kind, Matrix rows) {
        int width = rows.cols() / count;
        for (int s = 0; s < count; s++) {
            RowCopy.copy(state(end, kind, s), 0, rows, s * width, width);
        }
    }
}
