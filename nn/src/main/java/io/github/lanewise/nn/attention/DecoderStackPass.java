package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.SamePass;

import java.util.List;

/** The pass of a {@link TransformerDecoder}; the memory's gradients of all layers add up. */
final class DecoderStackPass implements MergePass {

    private final Kernels kernels;
    private final MergePass[] layers;
    private final Pass norm;
    private final Matrix memoryGradient;
    private final Matrix[] inputs = new Matrix[2];
    private final Matrix[] gradients = new Matrix[2];

    DecoderStackPass(List<Layer> layers, Layer norm, List<Shape> shapes, Workspace workspace) {
        kernels = workspace.kernels();
        this.layers = new MergePass[layers.size()];
        Workspace own = workspace;
        for (int i = 0; i < this.layers.length; i++) {
            this.layers[i] = ((Merge) layers.get(i)).bind(shapes, own);
            own = workspace.inputGradient(true);
        }
        this.norm =
                norm == null
                        ? SamePass.INSTANCE
                        : norm.bind(shapes.getFirst(), DecoderPass.ofOwnSteps(own));
        memoryGradient = workspace.inputGradientBuffer(shapes.get(1));
    }

    @Override
    public Matrix forward(Matrix[] given) {
        inputs[0] = given[0];
        inputs[1] = given[1];
        for (MergePass layer : layers) {
            inputs[0] = layer.forward(inputs);
        }
        return norm.forward(inputs[0]);
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix dx = norm.backward(outputGradient);
        for (int i = layers.length - 1; i >= 0; i--) {
            Matrix[] d = layers[i].backward(dx);
            dx = d[0];
            boolean last = i == layers.length - 1;
            gradients[1] = last || memoryGradient == null ? d[1] : added(gradients[1], d[1]);
        }
        gradients[0] = dx;
        return gradients;
    }

    private Matrix added(Matrix sum, Matrix term) {
        kernels.combine(Combination.ADD, sum, term, memoryGradient);
        return memoryGradient;
    }
}
