package io.github.lanewise.engine;

import java.util.Objects;

/**
 * A pointwise function y = f(x), with what its gradient is computed from.
 *
 * @param kind which function
 * @param alpha its parameter, where it has one; else 0
 */
public record Activation(Kind kind, float alpha) {

    /** What the gradient of an activation is computed from. */
    public enum Saved {
        /** The input x. */
        INPUT,
        /** The output y, so that x may be overwritten. */
        OUTPUT
    }

    /** The functions; {@link Kernels#activate} and its gradient take any of them. */
    public enum Kind {
        /** y = x. */
        IDENTITY(Saved.OUTPUT),
        /**
         * y = 0 where x &lt;= 0, else x; so NaN stays and -0 becomes 0. Gradient 0 where y &lt;= 0.
         */
        RELU(Saved.OUTPUT),
        /** y = e<sup>x</sup>, within 1 ulp. */
        EXP(Saved.OUTPUT),
        /** y = ln x, within 1 ulp. NaN below 0, minus infinity at 0 and -0. */
        LOG(Saved.INPUT);

        private final Saved saved;

        Kind(Saved saved) {
            this.saved = saved;
        }
    }

    /** y = x. */
    public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0);

    /** y = max(x, 0). */
    public static final Activation RELU = new Activation(Kind.RELU, 0);

    /** y = e<sup>x</sup>. */
    public static final Activation EXP = new Activation(Kind.EXP, 0);

    /** y = ln x. */
    public static final Activation LOG = new Activation(Kind.LOG, 0);

    /** Checks that there is a kind. */
    public Activation {
        Objects.requireNonNull(kind, "kind");
    }

    /** Returns which matrix {@link Kernels#activateGradient} wants: the input or the output. */
    public Saved saved() {
        return kind.saved;
    }
}
