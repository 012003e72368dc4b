package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * A leaky rectifier of random slopes: y = x above 0, else a x, a being drawn for each element from
 * U(lower, upper) while training, and (lower + upper) / 2 for inference (Xu and others, 2015).
 * Backward: dx = dy, or a dy. {@link RandomLayer} says where its random numbers come from.
 */
public final class RReLU extends RandomLayer {

    private final float lower;
    private final float upper;

    /** Makes the layer of slopes from 1/8 to 1/3. */
    public RReLU() {
        this(1f / 8, 1f / 3);
    }

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if a number is not finite, or lower is above upper
     */
    public RReLU(float lower, float upper) {
        super("slopes");
        if (!(lower <= upper && Float.isFinite(lower) && Float.isFinite(upper))) {
            throw new IllegalArgumentException(
                    "RReLU: slopes are from %s to %s; the first must be at most the second"
                            .formatted(lower, upper));
        }
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        if (workspace.training()) {
            return new SlopesPass(this, input, workspace);
        }
        return new LeakyReLU((lower + upper) / 2).bind(input, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("lower", lower, "upper", upper);
    }

    @Override
    public String toString() {
        return "RReLU(%s to %s)".formatted(lower, upper);
    }

    /** A plain loop on the caller's thread, as are the random numbers. */
    private static final class SlopesPass implements Pass {

        private final RReLU layer;
        private final Workspace workspace;
        private final Matrix slopes;
        private final Matrix outputs;
        private final Matrix inputGradient;
        private boolean ready;

        SlopesPass(RReLU layer, Shape input, Workspace workspace) {
            this.layer = layer;
            this.workspace = workspace;
            this.slopes = workspace.buffer(input);
            this.outputs = workspace.buffer(input);
            this.inputGradient = workspace.inputGradientBuffer(input);
        }

        @Override
        public Matrix forward(Matrix inputs) {
            layer.nextUniforms(slopes.data(), workspace.firstRow() * inputs.cols());
            for (int i = 0; i < inputs.rows(); i++) {
                int from = inputs.offset() + i * inputs.ld();
                for (int j = 0; j < inputs.cols(); j++) {
                    int at = i * slopes.ld() + j;
                    float drawn = slopes.data()[at];
                    float x = inputs.data()[from + j];
                    float slope = Math.fma(layer.upper - layer.lower, drawn, layer.lower);
                    slopes.data()[at] = x <= 0 ? slope : 1;
                    outputs.data()[at] = slopes.data()[at] * x;
                }
            }
            ready = true;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, true, ready ? this : null);
            if (inputGradient == null) {
                return null;
            }
            for (int i = 0; i < outputGradient.rows(); i++) {
                int from = outputGradient.offset() + i * outputGradient.ld();
                for (int j = 0; j < outputGradient.cols(); j++) {
                    int at = i * slopes.ld() + j;
                    inputGradient.data()[at] = slopes.data()[at] * outputGradient.data()[from + j];
                }
            }
            return inputGradient;
        }
    }
}
