package io.github.lanewise.engine;

import java.util.Objects;

/**
 * A pointwise function y = f(x), with what its gradient is computed from.
 *
 * <p>Error bounds are against the exact function of the float x, in units in the last place of the
 * result (ulp), but at least of 2<sup>-119</sup>, as tested at every 4001st float. NaN stays NaN.
 *
 * @param kind which function
 * @param alpha its parameter, where it has one; else 0
 * @param beta its second parameter, where it has one; else 0
 */
public record Activation(Kind kind, float alpha, float beta) {

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
        LOG(Saved.INPUT),
        /**
         * y = alpha x where x &lt;= 0 (0 if alpha is 0, whatever x), else x. Gradient alpha where x
         * &lt;= 0, else 1; from y, or from x if alpha is below 0.
         */
        LEAKY_RELU(Saved.OUTPUT),
        /**
         * y = beta alpha (e<sup>x</sup> - 1) where x &lt;= 0, else beta x, within 3 ulp; alpha and
         * beta are not below 0. Gradient y + alpha beta where y &lt;= 0, else beta.
         */
        ELU(Saved.OUTPUT),
        /** y = 1 / (1 + e<sup>-x</sup>), within 3 ulp. Gradient y (1 - y). */
        SIGMOID(Saved.OUTPUT),
        /** y = tanh x, within 3 ulp. Gradient 1 - y<sup>2</sup>. */
        TANH(Saved.OUTPUT),
        /**
         * y = ln(1 + e<sup>alpha x</sup>) / alpha, or x where alpha x &gt; beta, within 3 ulp if
         * alpha x is exact; alpha is not 0. Beta is 20 if only alpha is given. Gradient 1 -
         * e<sup>-alpha y</sup>; if beta is below 18, so that floats see where y becomes x, from x:
         * 1 where alpha x &gt; beta, else 1 / (1 + e<sup>-alpha x</sup>).
         */
        SOFTPLUS(Saved.OUTPUT),
        /**
         * y = x Phi(x), Phi the distribution function of the normal distribution, within 8 ulp.
         * Gradient Phi(x) + x Phi'(x). 0 at minus infinity.
         */
        GELU(Saved.INPUT),
        /**
         * y = x / (1 + e<sup>-2u</sup>), u = sqrt(2 / pi) (x + 0.044715 x<sup>3</sup>), which is x
         * (1 + tanh u) / 2. Within 4 (|u| + 2) ulp where x &lt; 0, else within 4. 0 at minus
         * infinity.
         */
        GELU_TANH(Saved.INPUT),
        /** y = x / (1 + e<sup>-x</sup>), within 3 ulp. 0 at minus infinity. */
        SILU(Saved.INPUT),
        /** y = x tanh(ln(1 + e<sup>x</sup>)), within 4 ulp. 0 at minus infinity. */
        MISH(Saved.INPUT),
        /** y = x clipped to [alpha, beta]. Gradient 1 strictly between them, else 0. */
        HARD_TANH(Saved.OUTPUT),
        /**
         * y = (x + 3) clipped to [0, 6], divided by 6. Gradient 1/6 where 0 &lt; y &lt; 1, else 0.
         */
        HARD_SIGMOID(Saved.OUTPUT),
        /**
         * y = x (((x + 3) clipped to [0, 6]) / 6). Gradient 0 where x &lt;= -3, 1 where x &gt;= 3,
         * else x / 3 + 1/2. 0 at minus infinity.
         */
        HARD_SWISH(Saved.INPUT),
        /** y = x / (1 + |x|). Gradient (1 - |y|)<sup>2</sup>. */
        SOFTSIGN(Saved.OUTPUT),
        /**
         * y = cos(2 pi x), the cosine of x turns, within 3 ulp. Gradient -2 pi sin(2 pi x). NaN at
         * both infinities.
         */
        COSINE(Saved.INPUT),
        /** y = 0 where |x| &lt;= alpha, else x. Gradient 0 where y = 0, else 1. */
        HARD_SHRINK(Saved.OUTPUT),
        /**
         * y = x - alpha where x &gt; alpha, x + alpha where x &lt; -alpha, else 0. Gradient 0 or 1.
         */
        SOFT_SHRINK(Saved.OUTPUT),
        /** y = beta where x &lt;= alpha, else x. Gradient 0 where x &lt;= alpha, else 1. */
        THRESHOLD(Saved.INPUT);

        private final Saved saved;

        Kind(Saved saved) {
            this.saved = saved;
        }
    }

    private static final float SOFTPLUS_THRESHOLD = 20;

    /** Above it e<sup>-x</sup> is less than half an ulp of 1. */
    private static final float UNSEEN_THRESHOLD = 18;

    /** y = x. */
    public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0);

    /** y = max(x, 0). */
    public static final Activation RELU = new Activation(Kind.RELU, 0);

    /** y = e<sup>x</sup>. */
    public static final Activation EXP = new Activation(Kind.EXP, 0);

    /** y = ln x. */
    public static final Activation LOG = new Activation(Kind.LOG, 0);

    /** y = 1 / (1 + e<sup>-x</sup>). */
    public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0);

    /** y = tanh x. */
    public static final Activation TANH = new Activation(Kind.TANH, 0);

    /** Checks that there is a kind. */
    public Activation {
        Objects.requireNonNull(kind, "kind");
    }

    /** Makes a function of one parameter, or of none. */
    public Activation(Kind kind, float alpha) {
        this(kind, alpha, kind == Kind.SOFTPLUS ? SOFTPLUS_THRESHOLD : 0);
    }

    /** Returns which matrix {@link Kernels#activateGradient} wants: the input or the output. */
    public Saved saved() {
        boolean falls = kind == Kind.LEAKY_RELU && alpha < 0;
        boolean bends = kind == Kind.SOFTPLUS && !(beta >= UNSEEN_THRESHOLD);
        return falls || bends ? Saved.INPUT : kind.saved;
    }
}
