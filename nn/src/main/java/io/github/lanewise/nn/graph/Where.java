package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;

/**
 * Chooses between two inputs number by number: y = a where the condition, the first of three inputs
 * of one shape, is not 0, else b. Backward: a has dy where it was chosen, else 0, and b likewise;
 * the condition has none.
 */
public record Where() implements Merge {

    private static final int TAKES = 3;

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != TAKES) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes a condition and two values"
                            .formatted(this, inputs.size()));
        }
        Shape shape = inputs.getFirst();
        if (!inputs.get(1).equals(shape) || !inputs.get(2).equals(shape)) {
            throw new IllegalArgumentException(
                    "%s: shapes differ: %s; they must be equal".formatted(this, inputs));
        }
        return shape;
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new WherePass(this, outputShape(inputs), workspace);
    }

    @Override
    public String toString() {
        return "Where()";
    }

    /** A plain loop on the caller's thread, which is the definition. */
    private static final class WherePass implements MergePass {

        private final Where layer;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix[] gradients = new Matrix[TAKES];
        private Matrix condition;

        WherePass(Where layer, Shape shape, Workspace workspace) {
            this.layer = layer;
            this.training = workspace.training();
            this.outputs = workspace.buffer(shape);
            for (int i = 0; i < TAKES; i++) {
                gradients[i] = workspace.inputGradientBuffer(shape);
            }
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            condition = inputs[0];
            for (int i = 0; i < outputs.rows(); i++) {
                for (int j = 0; j < outputs.cols(); j++) {
                    Matrix chosen = isTrue(i, j) ? inputs[1] : inputs[2];
                    outputs.data()[outputs.offset() + i * outputs.ld() + j] = chosen.at(i, j);
                }
            }
            return outputs;
        }

        private boolean isTrue(int i, int j) {
            return condition.at(i, j) != 0;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, condition);
            for (int i = 0; gradients[0] != null && i < outputs.rows(); i++) {
                for (int j = 0; j < outputs.cols(); j++) {
                    float dy = outputGradient.at(i, j);
                    boolean first = isTrue(i, j);
                    int to = i * outputs.cols() + j;
                    gradients[1].data()[to] = first ? dy : 0;
                    gradients[2].data()[to] = first ? 0 : dy;
                }
            }
            return gradients;
        }
    }
}
