package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.internal.Named;

import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The Gaussian error linear unit: y = x Phi(x), Phi the distribution function of the normal
 * distribution (Hendrycks and Gimpel, 2016).
 */
public final class GELU extends Nonlinearity {

    /** How Phi is computed. */
    public enum Approximate {
        /** Exactly: (1 + erf(x / sqrt(2))) / 2. */
        NONE(Activation.Kind.GELU),
        /** As (1 + tanh(sqrt(2 / pi) (x + 0.044715 x<sup>3</sup>))) / 2. */
        TANH(Activation.Kind.GELU_TANH);

        private final Activation.Kind kind;

        Approximate(Activation.Kind kind) {
            this.kind = kind;
        }
    }

    private final Approximate approximate;

    /** Makes the exact layer. */
    public GELU() {
        this(Approximate.NONE);
    }

    /** Makes the layer, exact or not. */
    public GELU(Approximate approximate) {
        super(new Activation(Objects.requireNonNull(approximate, "approximate").kind, 0));
        this.approximate = approximate;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("approximate", approximate.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return approximate == Approximate.NONE ? "GELU()" : "GELU(approximate=tanh)";
    }
}
