package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;
import java.util.SequencedMap;

/**
 * Adds to each step a trained vector that tells its position: outputs[t] = inputs[t] + weight[t].
 *
 * <p>Inputs and outputs are batch x (steps x features), of as many steps as there are vectors, or
 * fewer. Weight is steps x features and starts from N(0, 0.02<sup>2</sup>), as in BERT (Devlin et
 * al., 2019). Backward: dWeight = the sum of dOutputs over the samples, dInputs = dOutputs.
 */
public final class LearnedEncoding implements Layer {

    private static final float DEVIATION = 0.02f;

    private final int steps;
    private final int features;
    private final Param weight;

    /** Makes a layer for so many steps at most. */
    public LearnedEncoding(int steps, int features) {
        if (steps < 1 || features < 1) {
            throw new IllegalArgumentException(
                    "LearnedEncoding: %s steps of %s features; each must be 1 or more"
                            .formatted(steps, features));
        }
        this.steps = steps;
        this.features = features;
        this.weight =
                new Param(steps, features, LearnedEncoding::fill)
                        .savedAs(new Shape(steps, features));
    }

    private static void fill(Matrix value, RandomStream random) {
        for (int i = 0; i < value.size(); i++) {
            value.data()[value.offset() + i] = DEVIATION * (float) random.gaussian();
        }
    }

    /** Returns the vectors, steps x features. */
    public Param weight() {
        return weight;
    }

    @Override
    public Shape outputShape(Shape input) {
        LastDimensions.requireSequence(this, input, features);
        if (input.dimension(0) > steps) {
            throw new IllegalArgumentException(
                    "%s: input is %s, with %s steps; the layer knows %s"
                            .formatted(this, input, input.dimension(0), steps));
        }
        return input;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new LearnedEncodingPass(this, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("steps", steps, "features", features);
    }

    @Override
    public String toString() {
        return "LearnedEncoding(%s, %s)".formatted(steps, features);
    }

    private static final class LearnedEncodingPass implements Pass {

        private final LearnedEncoding layer;
        private final Kernels kernels;
        private final Workspace workspace;
        private final Matrix vectors;
        private final Matrix gradient;
        private final Matrix outputs;
        private final Matrix[] later;
        private Matrix saved;

        LearnedEncodingPass(LearnedEncoding layer, Shape input, Workspace workspace) {
            this.layer = layer;
            this.workspace = workspace;
            kernels = workspace.kernels();
            int used = input.features();
            if (workspace.stepPosition() != null) {
                layer.outputShape(new Shape(workspace.stepPosition().capacity(), layer.features));
            }
            vectors = row(layer.weight.value(), used);
            gradient = workspace.training() ? row(layer.weight.gradient(), used) : null;
            outputs = workspace.buffer(input);
            later = workspace.stepPosition() == null ? null : new Matrix[layer.steps];
        }

        private static Matrix row(Matrix x, int used) {
            return new Matrix(x.data(), x.offset(), 1, used, used);
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.activate(Activation.IDENTITY, inputs, outputs);
            if (workspace.stepPosition() == null) {
                kernels.addRow(vectors, outputs);
            } else {
                kernels.addRow(vectorsFrom(workspace.stepPosition().step()), outputs);
            }
            saved = outputs;
            return outputs;
        }

        private Matrix vectorsFrom(int step) {
            if (later[step] == null) {
                int at = vectors.offset() + step * layer.features;
                later[step] = new Matrix(vectors.data(), at, 1, vectors.cols(), vectors.ld());
            }
            return later[step];
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, workspace.training(), saved);
            if (layer.weight.isTrainable()) {
                addWeightGradient(outputGradient);
            }
            return workspace.inputGradient() ? outputGradient : null;
        }

        private void addWeightGradient(Matrix outputGradient) {
            float beta = layer.weight.accumulator().nextBeta();
            kernels.columnSums(outputGradient, beta, gradient);
            if (beta == 0) {
                int from = gradient.offset() + gradient.cols();
                int to = gradient.offset() + layer.weight.size();
                Arrays.fill(gradient.data(), from, to, 0f);
            }
        }
    }
}
