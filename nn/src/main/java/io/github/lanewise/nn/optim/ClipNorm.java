package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

import java.util.List;
import java.util.Objects;

/**
 * Scales all gradients by the same number so that their norm, taken over all parameters together,
 * stays within a limit (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent
 * neural networks", 2013; PyTorch's {@code clip_grad_norm_}).
 *
 * <p>g = g min(1, maxNorm / (norm + 1e-6)). Sums run in the order of the parameters, in double, so
 * that squares cannot overflow. A norm that is infinite or NaN makes all gradients NaN, so that it
 * does not go by unnoticed.
 *
 * @param maxNorm the limit, 0 or more
 * @param norm which norm is limited
 */
public record ClipNorm(float maxNorm, Norm norm) implements Adjustment {

    private static final double TINY = 1e-6;

    /** What is limited. */
    public enum Norm {
        /** The sum of the absolute values. */
        L1,
        /** The Euclidean norm. */
        L2,
        /** The largest absolute value. */
        MAX
    }

    /** Checks the limit. */
    public ClipNorm {
        Objects.requireNonNull(norm, "norm");
        if (!(maxNorm >= 0)) {
            throw new IllegalArgumentException(
                    "ClipNorm: max norm is %s; it must be 0 or more".formatted(maxNorm));
        }
    }

    /** Limits the Euclidean norm. */
    public ClipNorm(float maxNorm) {
        this(maxNorm, Norm.L2);
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
        double total = 0;
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).hasGradient()) {
                double one = ofOne(parameters.get(i).gradient());
                total = norm == Norm.MAX ? Math.max(total, one) : total + one;
            }
        }
        return norm == Norm.L2 ? Math.sqrt(total) : total;
    }

    private double ofOne(Matrix gradient) {
        Kernels kernels = Engine.kernels();
        return switch (norm) {
            case L1 -> kernels.restraints().sumOfAbsolutes(gradient);
            case L2 -> kernels.dot(gradient, gradient);
            case MAX -> kernels.restraints().maxOfAbsolutes(gradient);
        };
    }
}
