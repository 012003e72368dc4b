package io.github.lanewise.nn.optim;

/**
 * What Adam's relatives that are plain loops have in common: two moments and their decay, eps, and
 * the two forms of weight decay.
 */
abstract class AdamLoop extends LoopOptimizer {

    private float beta1 = 0.9f;
    private float beta2 = 0.999f;
    private float eps = 1e-8f;
    private boolean decoupled;

    /** By which the parameter goes into its gradient in this step. */
    float penalty;

    /** By which the parameter is multiplied before this step. */
    float shrinking = 1;

    AdamLoop(float learningRate) {
        super(learningRate);
    }

    final float beta1() {
        return beta1;
    }

    final float beta2() {
        return beta2;
    }

    final float eps() {
        return eps;
    }

    final void setBetas(float first, float second) {
        beta1 = requireShare("beta1", first);
        beta2 = requireShare("beta2", second);
    }

    final void setEps(float number) {
        eps = requireNotNegative("eps", number);
    }

    final void setDecoupled() {
        decoupled = true;
    }

    /** Takes the weight decay of a step. */
    final void setDecay(double rate, double decay) {
        penalty = decoupled ? 0 : (float) decay;
        shrinking = decoupled ? (float) (1 - rate * decay) : 1;
    }

    @Override
    protected final int states() {
        return 2;
    }

    @Override
    public final boolean cycleMomentum(float share) {
        setBetas(share, beta2);
        return true;
    }

    /** Says what else is set, behind a comma. */
    String more() {
        return "";
    }

    @Override
    public final String toString() {
        return "%s(learning rate %s, betas %s and %s, eps %s, weight decay %s%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        learningRate(),
                        beta1,
                        beta2,
                        eps,
                        weightDecay(),
                        decoupled ? ", decoupled" : "",
                        more());
    }
}
