package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;

import java.util.Arrays;
import java.util.List;

/** An attention of several inputs in a graph; the fourth is added to the scores. */
final class AttentionMerge implements MergePass {

    /** The input that is added to the scores. */
    static final int MASK = 3;

    private final AttentionPass pass;
    private final boolean maskOfHeads;
    private final Matrix maskGradient;
    private final Matrix[] gradients;

    AttentionMerge(MultiheadAttention layer, List<Shape> inputs, Workspace workspace) {
        layer.outputShape(inputs);
        Shape mask = inputs.size() > MASK ? inputs.get(MASK) : null;
        Shape[] sequences = inputs.subList(0, Math.min(inputs.size(), MASK)).toArray(Shape[]::new);
        pass = new AttentionPass(layer, sequences, workspace);
        maskOfHeads = mask != null && mask.rank() > 2;
        maskGradient = mask == null ? null : workspace.inputGradientBuffer(mask);
        gradients = new Matrix[MASK + 1];
        gradients[MASK] = maskGradient;
        if (maskGradient != null) {
            AttentionExtent extent = layer.extent(workspace.batch(), sequences, false);
            Matrix[] ofPairs = new Matrix[extent.pairs()];
            int square = extent.queries() * extent.keys();
            for (int pair = 0; pair < ofPairs.length; pair++) {
                int head = maskOfHeads ? pair % extent.heads() : 0;
                int at = pair / extent.heads() * maskGradient.ld() + head * square;
                int keys = extent.keys();
                ofPairs[pair] = new Matrix(maskGradient.data(), at, extent.queries(), keys, keys);
            }
            pass.maskable().addedGradients(ofPairs);
        }
    }

    AttentionPass pass() {
        return pass;
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        if (inputs.length > MASK) {
            pass.maskable().mask().addOfSamples(inputs[MASK], maskOfHeads);
        }
        return pass.forwardOf(inputs);
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        if (maskGradient != null) {
            Arrays.fill(maskGradient.data(), 0);
        }
        pass.backward(outputGradient);
        for (int i = 0; i < MASK && pass.has(i); i++) {
            gradients[i] = pass.gradientOf(i);
        }
        return gradients;
    }
}
