package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.SamePass;

import java.util.List;

/** The pass of a {@link TransformerDecoderLayer}: two residual blocks, and between them another. */
final class DecoderPass implements MergePass {

    private final Kernels kernels;
    private final boolean normFirst;
    private final Pass first;
    private final MergePass cross;
    private final Pass norm;
    private final Pass dropout;
    private final Pass last;
    private final Matrix sum;
    private final Matrix inputGradient;
    private final Matrix[] crossInputs = new Matrix[2];
    private final Matrix[] gradients = new Matrix[2];

    DecoderPass(
            TransformerDecoderLayer.Parts parts,
            boolean normFirst,
            List<Shape> inputs,
            Workspace workspace) {
        this.normFirst = normFirst;
        kernels = workspace.kernels();
        Shape own = inputs.getFirst();
        // What comes before a block in this layer has parameters, whether or not the inputs do.
        Workspace both = workspace.inputGradient(true);
        Workspace inner = ofOwnSteps(both);
        first = parts.first().bind(own, ofOwnSteps(workspace));
        cross = parts.cross().bind(inputs, both);
        norm = parts.norm2().bind(own, inner);
        dropout = parts.dropout2() == null ? SamePass.INSTANCE : parts.dropout2().bind(own, inner);
        last = parts.last().bind(own, inner);
        sum = workspace.buffer(own);
        inputGradient = inner.inputGradientBuffer(own);
    }

    /** Returns the workspace of layers that do not take the memory. */
    static Workspace ofOwnSteps(Workspace workspace) {
        return workspace.lengths() == null ? workspace : workspace.lengths(workspace.lengths(0));
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        Matrix x = first.forward(inputs[0]);
        crossInputs[0] = normFirst ? norm.forward(x) : x;
        crossInputs[1] = inputs[1];
        Matrix seen = dropout.forward(cross.forward(crossInputs));
        kernels.combine(Combination.ADD, x, seen, sum);
        return last.forward(normFirst ? sum : norm.forward(sum));
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix dLast = last.backward(outputGradient);
        Matrix dSum = normFirst ? dLast : norm.backward(dLast);
        Matrix[] dCross = cross.backward(dropout.backward(dSum));
        Matrix dSeen = normFirst ? norm.backward(dCross[0]) : dCross[0];
        kernels.combine(Combination.ADD, dSum, dSeen, inputGradient);
        gradients[0] = first.backward(inputGradient);
        gradients[1] = dCross[1];
        return gradients;
    }
}
