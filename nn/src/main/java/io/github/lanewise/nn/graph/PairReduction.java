package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Passes;

import java.util.List;

/**
 * What the layers have in common that make one number of two vectors: the numbers of two inputs of
 * one shape along an axis. Plain loops in double on the caller's thread, rounded once.
 */
public abstract class PairReduction implements Merge {

    /** Only for the layers of this package. */
    PairReduction() {}

    /** Returns the axis along which the vectors lie, and which goes. */
    abstract int axis(Shape input);

    /** Returns whether the axis stays, with dimension 1. */
    boolean keepDim() {
        return false;
    }

    /** Returns the number of two vectors. */
    abstract double value(double[] a, double[] b);

    /** Writes its derivatives with respect to each element. */
    abstract void slopes(double[] a, double[] b, double[] da, double[] db);

    @Override
    public final Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s; it takes two of one shape".formatted(this, inputs));
        }
        Shape input = inputs.get(0);
        int axis = axis(input);
        Axes.of(this, input, axis);
        return keepDim() ? Axes.resized(input, axis, 1) : Axes.without(input, axis);
    }

    @Override
    public final MergePass bind(List<Shape> inputs, Workspace workspace) {
        Shape output = outputShape(inputs);
        return new PairPass(this, inputs.get(0), output, workspace);
    }

    private static final class PairPass implements MergePass {

        private final PairReduction layer;
        private final Axes axes;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix[] gradients;
        private final double[] a;
        private final double[] b;
        private final double[] da;
        private final double[] db;
        private Matrix first;
        private Matrix second;

        PairPass(PairReduction layer, Shape input, Shape output, Workspace workspace) {
            this.layer = layer;
            this.axes = Axes.of(layer, input, layer.axis(input));
            this.training = workspace.training();
            this.outputs = workspace.buffer(output);
            this.gradients =
                    new Matrix[] {
                        workspace.inputGradientBuffer(input), workspace.inputGradientBuffer(input)
                    };
            this.a = new double[axes.size()];
            this.b = new double[axes.size()];
            this.da = new double[axes.size()];
            this.db = new double[axes.size()];
        }

        /** Returns where vector j of a sample begins. */
        private int start(int j) {
            return j / axes.inner() * axes.size() * axes.inner() + j % axes.inner();
        }

        private void gather(Matrix from, int sample, int j, double[] into) {
            int at = from.offset() + sample * from.ld() + start(j);
            for (int k = 0; k < into.length; k++) {
                into[k] = from.data()[at + k * axes.inner()];
            }
        }

        private void scatter(double[] from, double factor, Matrix into, int sample, int j) {
            int at = sample * into.ld() + start(j);
            for (int k = 0; k < from.length; k++) {
                into.data()[at + k * axes.inner()] = (float) (factor * from[k]);
            }
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            first = inputs[0];
            second = inputs[1];
            for (int i = 0; i < outputs.rows(); i++) {
                for (int j = 0; j < outputs.cols(); j++) {
                    gather(first, i, j, a);
                    gather(second, i, j, b);
                    outputs.data()[i * outputs.ld() + j] = (float) layer.value(a, b);
                }
            }
            return outputs;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, first);
            for (int i = 0; gradients[0] != null && i < outputs.rows(); i++) {
                for (int j = 0; j < outputs.cols(); j++) {
                    gather(first, i, j, a);
                    gather(second, i, j, b);
                    layer.slopes(a, b, da, db);
                    double dy =
                            outputGradient
                                    .data()[outputGradient.offset() + i * outputGradient.ld() + j];
                    scatter(da, dy, gradients[0], i, j);
                    scatter(db, dy, gradients[1], i, j);
                }
            }
            return gradients;
        }
    }
}
