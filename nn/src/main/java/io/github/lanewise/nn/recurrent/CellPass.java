package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.RowCopy;

import java.util.List;

/** Carries states between the rows of a graph and a {@link RecurrentPass} of one step. */
final class CellPass implements MergePass {

    private final RecurrentPass pass;
    private final int units;
    private final Matrix outputs;
    private final Matrix[] gradients;
    private final Matrix none;

    CellPass(RecurrentPass pass, List<Shape> inputs, Shape output, Workspace workspace) {
        this.pass = pass;
        outputs = workspace.buffer(output);
        units = pass.lastHidden(0, 0).cols();
        none = workspace.training() ? Matrix.zeros(workspace.batch(), units) : null;
        gradients = new Matrix[inputs.size()];
        for (int i = 1; i < gradients.length; i++) {
            gradients[i] = workspace.inputGradientBuffer(inputs.get(i));
        }
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        for (int state = 1; state < inputs.length; state++) {
            Matrix initial = state == 1 ? pass.initialHidden(0, 0) : pass.initialCellState(0, 0);
            RowCopy.copy(inputs[state], 0, initial, 0, units);
        }
        pass.forward(inputs[0]);
        RowCopy.copy(pass.lastHidden(0, 0), 0, outputs, 0, units);
        if (outputs.cols() > units) {
            RowCopy.copy(pass.lastCellState(0, 0), 0, outputs, units, units);
        }
        return outputs;
    }

    /** The hidden state is the output of the layer, too; its gradient comes once. */
    @Override
    public Matrix[] backward(Matrix outputGradient) {
        RowCopy.copy(outputGradient, 0, pass.lastHiddenGradient(0, 0), 0, units);
        if (outputs.cols() > units) {
            RowCopy.copy(outputGradient, units, pass.lastCellStateGradient(0, 0), 0, units);
        }
        gradients[0] = pass.backward(none);
        for (int state = 1; state < gradients.length; state++) {
            if (gradients[state] != null) {
                boolean hidden = state == 1;
                Matrix initial =
                        hidden
                                ? pass.initialHiddenGradient(0, 0)
                                : pass.initialCellStateGradient(0, 0);
                RowCopy.copy(initial, 0, gradients[state], 0, units);
            }
        }
        return gradients;
    }
}
