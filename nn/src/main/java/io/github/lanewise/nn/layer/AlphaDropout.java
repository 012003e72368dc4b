package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The dropout that goes with {@link SELU}: while training each value becomes, with probability p,
 * the least that SELU takes, and all are scaled and shifted so that mean 0 and variance 1 stay
 * (Klambauer and others, "Self-normalizing neural networks", 2017). For inference it does nothing.
 *
 * <p>With c = 1.7580993408473766 and a = 1 / sqrt((c<sup>2</sup> p + 1) (1 - p)): y = a (x + c p),
 * or a c (p - 1) where dropped; 0 everywhere if p is 1. Backward: dx = a dy, or 0. {@link
 * RandomLayer} says where its random numbers come from.
 */
public final class AlphaDropout extends RandomLayer {

    /** Minus the least value of SELU. */
    private static final double LEAST = 1.7580993408473766;

    private final float p;

    /** Makes the layer that drops half of the values. */
    public AlphaDropout() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public AlphaDropout(float p) {
        super("dropout");
        this.p = requireShare(p);
    }

    /** Returns the probability of being dropped. */
    public float p() {
        return p;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return workspace.training() ? new AlphaPass(this, input, workspace) : SamePass.INSTANCE;
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("p", p);
        return all;
    }

    @Override
    public String toString() {
        return "AlphaDropout(p=%s)".formatted(p);
    }

    /** The engine's mask, applied in a plain loop on the caller's thread. */
    private static final class AlphaPass implements Pass {

        private final AlphaDropout layer;
        private final Kernels kernels;
        private final Matrix ones;
        private final Matrix mask;
        private final Matrix outputs;
        private final Matrix inputGradient;
        private final float a;
        private final float shift;
        private final float dropped;
        private boolean ready;

        AlphaPass(AlphaDropout layer, Shape input, Workspace workspace) {
            this.layer = layer;
            this.kernels = workspace.kernels();
            this.ones = workspace.buffer(input);
            Arrays.fill(ones.data(), 1);
            this.mask = workspace.buffer(input);
            this.outputs = workspace.buffer(input);
            this.inputGradient = workspace.inputGradientBuffer(input);
            double p = layer.p;
            double scale = p == 1 ? 0 : 1 / Math.sqrt((LEAST * LEAST * p + 1) * (1 - p));
            a = (float) scale;
            shift = (float) (scale * LEAST * p);
            dropped = (float) (scale * LEAST * (p - 1));
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.dropout(layer.nextKey(), layer.p, ones, mask);
            apply(inputs, shift, dropped, outputs);
            ready = true;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, true, ready ? this : null);
            if (inputGradient != null) {
                apply(outputGradient, 0, 0, inputGradient);
            }
            return inputGradient;
        }

        private void apply(Matrix x, float plus, float otherwise, Matrix y) {
            for (int i = 0; i < y.rows(); i++) {
                int from = x.offset() + i * x.ld();
                int to = i * y.ld();
                for (int j = 0; j < y.cols(); j++) {
                    boolean stays = mask.data()[to + j] != 0;
                    y.data()[to + j] = stays ? Math.fma(a, x.data()[from + j], plus) : otherwise;
                }
            }
        }
    }
}
