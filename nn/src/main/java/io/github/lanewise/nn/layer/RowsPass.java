package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.RowView;

/**
 * A pass on rows, of which a sample has several: the last dimension of inputs of any rank.
 *
 * <p>The rows are windows onto the batch; it is copied first only if there is padding between its
 * samples.
 */
final class RowsPass implements Pass {

    private final Pass ofRows;
    private final RowView inputRows;
    private final RowView gradientRows;
    private final Matrix outputs;
    private final Matrix inputGradient;

    /**
     * @param ofRows computes into the rows of outputs and inputGradient
     * @param in columns of a row of the inputs
     * @param out columns of a row of the outputs
     * @param outputs batch x features
     * @param inputGradient batch x features, or null
     */
    RowsPass(
            Pass ofRows,
            int in,
            int out,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace) {
        this.ofRows = ofRows;
        this.inputRows = new RowView(workspace.kernels(), in);
        this.gradientRows = new RowView(workspace.kernels(), out);
        this.outputs = outputs;
        this.inputGradient = inputGradient;
    }

    @Override
    public Matrix forward(Matrix inputs) {
        ofRows.forward(inputRows.of(inputs));
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        ofRows.backward(gradientRows.of(outputGradient));
        return inputGradient;
    }
}
