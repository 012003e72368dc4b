package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/**
 * Draws the code of a variational autoencoder: z = m + e<sup>v / 2</sup> g, g of the normal
 * distribution, so that the gradient reaches mean m and logarithm of the variance v (Kingma and
 * Welling, "Auto-encoding variational Bayes", 2014). For inference z = m.
 *
 * <p>The first half of the inputs along their first axis is m, the second v: 2n features become n,
 * channels x height x width half as many channels. Backward: dm = dz, dv = dz (z - m) / 2, of the
 * very numbers that were drawn. {@link RandomLayer} says where they come from. Plain loops on the
 * caller's thread, which are the definition.
 */
public final class Reparameterize extends RandomLayer {

    /** Makes the layer. */
    public Reparameterize() {
        super("noise");
    }

    @Override
    public Shape outputShape(Shape input) {
        int[] dimensions = input.dimensions();
        if (dimensions[0] % 2 != 0) {
            throw new IllegalArgumentException(
                    ("%s: input is %s; its first dimension must be even: means, then logarithms"
                                    + " of variances")
                            .formatted(this, input));
        }
        dimensions[0] /= 2;
        return new Shape(dimensions);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new CodePass(
                this,
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace.training());
    }

    @Override
    public String toString() {
        return "Reparameterize()";
    }

    private static final class CodePass implements Pass {

        private final Reparameterize layer;
        private final boolean training;
        private final Matrix outputs;
        private final Matrix inputGradient;

        /** What is added to the means. */
        private final float[] noise;

        private boolean ready;

        CodePass(Reparameterize layer, Matrix outputs, Matrix inputGradient, boolean training) {
            this.layer = layer;
            this.training = training;
            this.outputs = outputs;
            this.inputGradient = inputGradient;
            this.noise = new float[outputs.size()];
        }

        @Override
        public Matrix forward(Matrix inputs) {
            if (training) {
                layer.nextGaussians(noise);
            }
            int n = outputs.cols();
            for (int k = 0; k < noise.length; k++) {
                int mean = inputs.offset() + k / n * inputs.ld() + k % n;
                if (training) {
                    noise[k] *= (float) StrictMath.exp(inputs.data()[mean + n] / 2);
                }
                outputs.data()[k] = inputs.data()[mean] + noise[k];
            }
            ready = true;
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(layer, training, ready ? this : null);
            if (inputGradient == null) {
                return null;
            }
            int n = outputs.cols();
            for (int k = 0; k < noise.length; k++) {
                int to = k / n * inputGradient.ld() + k % n;
                int from = outputGradient.offset() + k / n * outputGradient.ld() + k % n;
                float dz = outputGradient.data()[from];
                inputGradient.data()[to] = dz;
                inputGradient.data()[to + n] = dz * (noise[k] / 2);
            }
            return inputGradient;
        }
    }
}
