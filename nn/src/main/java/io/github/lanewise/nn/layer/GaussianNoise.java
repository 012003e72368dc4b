package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * Adds numbers of the normal distribution of mean 0 while training; for inference it does nothing.
 * Backward: dx = dy. {@link RandomLayer} says where its random numbers come from; they are drawn on
 * the caller's thread, some 50 nanoseconds each.
 */
public final class GaussianNoise extends RandomLayer {

    private final float std;

    /**
     * Makes the layer.
     *
     * @param std standard deviation of the noise
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public GaussianNoise(float std) {
        super("noise");
        Numbers.requireNotNegative("GaussianNoise", "std", std);
        this.std = std;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        if (!workspace.training()) {
            return SamePass.INSTANCE;
        }
        Kernels kernels = workspace.kernels();
        Matrix noise = workspace.buffer(input);
        return new Pass() {
            @Override
            public Matrix forward(Matrix inputs) {
                nextGaussians(noise.data());
                kernels.scale(std, noise);
                kernels.combine(Combination.ADD, inputs, noise, noise);
                return noise;
            }

            @Override
            public Matrix backward(Matrix outputGradient) {
                return outputGradient;
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("std", std);
    }

    @Override
    public String toString() {
        return "GaussianNoise(std=%s)".formatted(std);
    }
}
