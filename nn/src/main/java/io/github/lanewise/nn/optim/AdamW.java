package io.github.lanewise.nn.optim;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization",
 * 2019): each step first shrinks the parameter by the factor 1 - learningRate weightDecay, and the
 * decay does not enter the gradient. By default the weight decay is 0.01.
 */
public final class AdamW extends Adam {

    private static final float DEFAULT_DECAY = 0.01f;

    /** Makes AdamW with the learning rate 0.001. */
    public AdamW() {
        this(0.001f);
    }

    /**
     * Makes AdamW with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public AdamW(float learningRate) {
        super(learningRate);
        weightDecay(DEFAULT_DECAY);
    }

    @Override
    boolean decoupled() {
        return true;
    }
}
