package io.github.lanewise.nn.optim;

/**
 * {@link Adam} for large tables of which a step uses few rows ({@link
 * io.github.lanewise.nn.layer.Embedding#sparse}), in PyTorch's form: only the rows that have a
 * gradient are updated, and the moments of the others stay as they are, in place of decaying. The
 * steps that the corrections of the moments count are those of the whole table. All parameters that
 * are no such tables take such steps of all rows.
 *
 * <p>p = p - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + eps), so that eps stands
 * beside the moment itself, not beside the corrected one as Adam's does.
 *
 * <p>No weight decay, which would change all rows. Training in shards, and adjustments that may
 * write into any row of a gradient, such as {@link L1Penalty}, make each row a used one.
 */
public final class SparseAdam extends Adam {

    /** Makes SparseAdam with the learning rate 0.001. */
    public SparseAdam() {
        this(0.001f);
    }

    /**
     * Makes SparseAdam with a learning rate.
     *
     * @throws IllegalArgumentException if the rate is negative, NaN or infinite
     */
    public SparseAdam(float learningRate) {
        super(learningRate);
    }

    /** Sets the decay of the moments, by default 0.9 and 0.999; each from 0 to below 1. */
    @Override
    public SparseAdam betas(float first, float second) {
        super.betas(first, second);
        return this;
    }

    /** Sets what is added to the denominator; by default 1e-8. */
    @Override
    public SparseAdam eps(float number) {
        super.eps(number);
        return this;
    }

    /**
     * There is none.
     *
     * @throws IllegalArgumentException if it is not 0
     */
    @Override
    public SparseAdam weightDecay(float penalty) {
        if (penalty != 0) {
            throw new IllegalArgumentException(
                    "SparseAdam: weight decay is %s; it must be 0".formatted(penalty));
        }
        return this;
    }

    @Override
    float ofEps(float scale) {
        return scale;
    }

    @Override
    UnusedRows unusedRows(float weightDecay) {
        return UnusedRows.BY_DEFINITION;
    }
}
