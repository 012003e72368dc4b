package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

import java.util.List;

/**
 * Scales all gradients by the same number so that their norm, taken over all parameters together,
 * stays within a limit (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent
 * neural networks", 2013; PyTorch's {@code clip_grad_norm_}).
 *
 * <p>g = g min(1, maxNorm / (norm + 1e-6)), where the norm is (sum |g|<sup>p</sup>)<sup>1/p</sup>:
 * with p = 1 the sum of the absolute values, with 2 the Euclidean norm, with infinity the largest
 * absolute value. Sums run in the order of the parameters, in double, so that powers cannot
 * overflow. A norm that is infinite or NaN makes all gradients NaN, so that it does not go by
 * unnoticed.
 *
 * @param maxNorm the limit, 0 or more
 * @param normType p, above 0; infinity included. Others than 1, 2 and infinity are slow
 */
public record ClipNorm(float maxNorm, double normType) implements Adjustment {

    private static final double TINY = 1e-6;

    /** Checks the arguments. */
    public ClipNorm {
        if (!(normType > 0)) {
            throw new IllegalArgumentException(
                    "ClipNorm: norm type is %s; it must be above 0".formatted(normType));
        }
        if (!(maxNorm >= 0)) {
            throw new IllegalArgumentException(
                    "ClipNorm: max norm is %s; it must be 0 or more".formatted(maxNorm));
        }
    }

    /** Limits the Euclidean norm. */
    public ClipNorm(float maxNorm) {
        this(maxNorm, 2);
    }

    @Override
    public boolean leavesZeros() {
        return true;
    }

    @Override
    public void beforeStep(List<Param> parameters) {
        clip(parameters);
    }

    /** Scales the gradients if need be, and returns their norm before. */
    public float clip(List<Param> parameters) {
        double total = total(parameters);
        // negated, so that NaN does not go by unnoticed
        if (!(maxNorm / (total + TINY) >= 1)) {
            float factor = (float) (maxNorm / (total + TINY));
            factor = Double.isInfinite(total) ? Float.NaN : factor;
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).hasGradient()) {
                    Engine.kernels().scale(factor, parameters.get(i).gradient());
                }
            }
        }
        return (float) total;
    }

    private double total(List<Param> parameters) {
        if (normType == 1 || normType == 2) {
            double total = sum(parameters, 1);
            return normType == 2 ? Math.sqrt(total) : total;
        }
        double largest = largest(parameters);
        boolean isNorm = largest == 0 || !Double.isFinite(largest) || Double.isInfinite(normType);
        if (isNorm) {
            return largest;
        }
        return largest * StrictMath.pow(sum(parameters, largest), 1 / normType);
    }

    /** Returns the sum of |g / unit|<sup>p</sup>; the unit is 1 if p is 1 or 2. */
    private double sum(List<Param> parameters, double unit) {
        Kernels kernels = Engine.kernels();
        double total = 0;
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                Matrix gradient = parameters.get(i).gradient();
                if (normType == 1) {
                    total += kernels.restraints().sumOfAbsolutes(gradient);
                } else if (normType == 2) {
                    total += kernels.dot(gradient, gradient);
                } else {
                    total += sumOfPowers(gradient, unit);
                }
            }
        }
        return total;
    }

    private double sumOfPowers(Matrix gradient, double unit) {
        double sum = 0;
        for (int i = 0; i < gradient.rows(); i++) {
            for (int j = 0; j < gradient.cols(); j++) {
                sum += StrictMath.pow(Math.abs(gradient.at(i, j)) / unit, normType);
            }
        }
        return sum;
    }

    private static double largest(List<Param> parameters) {
        double largest = 0;
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                Matrix gradient = parameters.get(i).gradient();
                double one = Engine.kernels().restraints().maxOfAbsolutes(gradient);
                largest = Math.max(largest, one);
            }
        }
        return largest;
    }
}
