package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.ChainPass;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * An exponential unit whose slope has no jump: y = x above 0, else alpha (e<sup>x / alpha</sup> -
 * 1) (Barron, "Continuously differentiable exponential linear units", 2017).
 */
public final class CELU implements Layer {

    private final float alpha;

    /** Makes the layer with an alpha of 1. */
    public CELU() {
        this(1);
    }

    /**
     * Makes the layer.
     *
     * @param alpha minus the least value
     * @throws IllegalArgumentException if it is not above 0, or not finite
     */
    public CELU(float alpha) {
        Numbers.requireAboveZero("CELU", "alpha", alpha);
        this.alpha = alpha;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    /** ELU of x / alpha, times alpha. */
    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Layer elu = new ScaledELU(new Activation(Activation.Kind.ELU, 1, alpha));
        return ChainPass.bind(input, workspace, new Affine(1 / alpha, 0), elu);
    }

    private static final class ScaledELU extends Nonlinearity {
        ScaledELU(Activation function) {
            super(function);
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("alpha", alpha);
    }

    @Override
    public String toString() {
        return "CELU(alpha=%s)".formatted(alpha);
    }
}
