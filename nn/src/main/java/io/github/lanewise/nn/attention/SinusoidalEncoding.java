package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.StepPosition;
import io.github.lanewise.nn.Workspace;

/**
 * Adds to each step waves that tell its position (Vaswani et al., "Attention is all you need",
 * 2017): to feature 2i of step t sin(t / 10000<sup>2i / features</sup>), to feature 2i + 1 the
 * cosine. The gradient passes unchanged.
 */
public final class SinusoidalEncoding implements Layer {

    private static final double LONGEST_WAVE = 10_000;

    /** Makes the layer; it takes sequences of any length and width. */
    public SinusoidalEncoding() {}

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 2) {
            throw new IllegalArgumentException(
                    "%s: input is %s; it must be a sequence, steps x features"
                            .formatted(this, input));
        }
        return input;
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        StepPosition position = workspace.stepPosition();
        int features = outputShape(input).dimension(1);
        int steps = position == null ? input.dimension(0) : position.capacity();
        Matrix waves = waves(new Shape(Math.max(steps, input.dimension(0)), features));
        Matrix[] ofStep = new Matrix[position == null ? 1 : steps];
        Matrix outputs = workspace.buffer(input);
        Kernels kernels = workspace.kernels();
        boolean wanted = workspace.inputGradient();
        return new Pass() {
            @Override
            public Matrix forward(Matrix inputs) {
                kernels.activate(Activation.IDENTITY, inputs, outputs);
                int step = position == null ? 0 : position.step();
                if (ofStep[step] == null) {
                    int used = outputs.cols();
                    ofStep[step] = new Matrix(waves.data(), step * features, 1, used, used);
                }
                kernels.addRow(ofStep[step], outputs);
                return outputs;
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                return wanted ? outputGradient : null;
            }
        };
    }

    /** Computes in double with {@link StrictMath}, which is the same everywhere. */
    private static Matrix waves(Shape input) {
        int features = input.dimension(1);
        Matrix waves = Matrix.zeros(1, input.features());
        for (int at = 0; at < waves.cols(); at++) {
            int step = at / features;
            int feature = at % features;
            int pair = feature / 2;
            double angle = step / StrictMath.pow(LONGEST_WAVE, 2.0 * pair / features);
            boolean even = feature % 2 == 0;
            waves.data()[at] = (float) (even ? StrictMath.sin(angle) : StrictMath.cos(angle));
        }
        return waves;
    }

    @Override
    public String toString() {
        return "SinusoidalEncoding()";
    }
}
