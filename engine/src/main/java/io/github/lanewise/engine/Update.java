package io.github.lanewise.engine;

/**
 * How one optimizer step changes a parameter p with gradient g and its state, element by element.
 *
 * <p>Each rule is one fused pass over memory. {@code fma(a, b, c)} is a * b + c rounded once; every
 * other operation rounds on its own, in the order written.
 *
 * <p>What a rule's number switches off does not count, whatever it holds: with a weight decay of 0,
 * d = g; with a rate or step size of 0, p stays; a decay of a mean (beta, alpha, rho) of 0, or a
 * dampening of 1, makes its product 0 and the mean the number itself. So an infinity times 0 never
 * becomes NaN.
 */
public sealed interface Update {

    /** Returns how many state matrices the rule reads and writes. */
    int states();

    /**
     * Stochastic gradient descent, with momentum if it is not 0 (Sutskever et al., 2013; in
     * PyTorch's form).
     *
     * <pre>
     * d = fma(weightDecay, p, g)
     * v = first ? d : fma(momentum, v, (1 - dampening) * d)      only if momentum != 0
     * d = nesterov ? fma(momentum, v, d) : v                     only if momentum != 0
     * p = fma(-learningRate, d, p)
     * </pre>
     *
     * @param learningRate step size
     * @param momentum share of the last velocity that is kept; 0 for none
     * @param dampening share of the gradient that does not enter the velocity
     * @param nesterov whether to look ahead along the velocity
     * @param weightDecay L2 penalty, added to the gradient
     * @param first whether this is the first step, when the velocity starts as the gradient
     */
    record Sgd(
            float learningRate,
            float momentum,
            float dampening,
            boolean nesterov,
            float weightDecay,
            boolean first)
            implements Update {
        @Override
        public int states() {
            return momentum == 0 ? 0 : 1;
        }
    }

    /**
     * Adam and AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019; in PyTorch's form).
     *
     * <pre>
     * p = decay * p                                              AdamW: decay = 1 - rate * weightDecay
     * d = fma(weightDecay, p, g)
     * m = fma(1 - beta1, d - m, m)
     * v = fma((1 - beta2) * d, d, beta2 * v)
     * s = v, or with amsgrad s = v &lt;= s ? s : v, kept in the third state
     * p = p - stepSize * m / fma(sqrt(s), scale, eps)        (stepSize * m first)
     * </pre>
     *
     * @param stepSize learning rate divided by the first bias correction, 1 - beta1<sup>t</sup>
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param scale 1 / sqrt(second bias correction, 1 - beta2<sup>t</sup>)
     * @param eps added to the denominator
     * @param weightDecay L2 penalty, added to the gradient (Adam)
     * @param decay factor on the parameter before the step (AdamW); 1 for none
     * @param amsgrad whether the second moment never shrinks (Reddi et al., 2018)
     */
    record Adam(
            float stepSize,
            float beta1,
            float beta2,
            float scale,
            float eps,
            float weightDecay,
            float decay,
            boolean amsgrad)
            implements Update {
        @Override
        public int states() {
            return amsgrad ? 3 : 2;
        }
    }

    /**
     * RMSprop (Tieleman and Hinton, Coursera lecture 6.5, 2012; in PyTorch's form).
     *
     * <pre>
     * d = fma(weightDecay, p, g)
     * v = fma((1 - alpha) * d, d, alpha * v)
     * a = fma(1 - alpha, d - a, a)                               only if centered
     * s = centered ? fma(-a, a, v), but 0 where that is below 0 : v
     * d = d / (sqrt(s) + eps)
     * b = fma(momentum, b, d); d = b                             only if momentum != 0
     * p = fma(-learningRate, d, p)
     * </pre>
     *
     * <p>The states are v, then a if centered, then b if there is a momentum.
     *
     * @param learningRate step size
     * @param alpha decay of the mean square v and of the mean a
     * @param eps added to the denominator
     * @param momentum share of the last step that is kept; 0 for none
     * @param centered whether to divide by the standard deviation in place of the mean square's
     *     root
     * @param weightDecay L2 penalty, added to the gradient
     */
    record RmsProp(
            float learningRate,
            float alpha,
            float eps,
            float momentum,
            boolean centered,
            float weightDecay)
            implements Update {
        @Override
        public int states() {
            return 1 + (centered ? 1 : 0) + (momentum == 0 ? 0 : 1);
        }
    }

    /**
     * Adagrad (Duchi, Hazan and Singer, 2011; in PyTorch's form).
     *
     * <pre>
     * d = fma(weightDecay, p, g)
     * v = fma(d, d, v)
     * p = p - learningRate * d / (sqrt(v) + eps)             (learningRate * d first)
     * </pre>
     *
     * @param learningRate step size
     * @param eps added to the denominator
     * @param weightDecay L2 penalty, added to the gradient
     */
    record Adagrad(float learningRate, float eps, float weightDecay) implements Update {
        @Override
        public int states() {
            return 1;
        }
    }

    /**
     * Adadelta (Zeiler, 2012; in PyTorch's form).
     *
     * <pre>
     * d = fma(weightDecay, p, g)
     * v = fma((1 - rho) * d, d, rho * v)
     * e = sqrt(u + eps) / sqrt(v + eps) * d
     * u = fma((1 - rho) * e, e, rho * u)
     * p = fma(-learningRate, e, p)
     * </pre>
     *
     * <p>The states are v and u.
     *
     * @param learningRate factor on the step
     * @param rho decay of both mean squares
     * @param eps added under the roots
     * @param weightDecay L2 penalty, added to the gradient
     */
    record Adadelta(float learningRate, float rho, float eps, float weightDecay) implements Update {
        @Override
        public int states() {
            return 2;
        }
    }

    /**
     * Lion (Chen et al., 2023).
     *
     * <pre>
     * c = fma(1 - beta1, g - m, m)
     * p = fma(-learningRate, sign(c), decay * p)                 sign(c) = c where c is 0 or NaN
     * m = fma(1 - beta2, g - m, m)
     * </pre>
     *
     * @param learningRate size of every element's step
     * @param beta1 share of the momentum in the step
     * @param beta2 decay of the momentum
     * @param decay factor on the parameter before the step; 1 for none
     */
    record Lion(float learningRate, float beta1, float beta2, float decay) implements Update {
        @Override
        public int states() {
            return 1;
        }
    }
}
