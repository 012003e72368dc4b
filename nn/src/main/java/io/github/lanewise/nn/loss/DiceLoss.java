package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Objects;

/**
 * How much of a mask the predictions miss (Milletari and others, "V-Net", 2016): 1 - (2 h + smooth)
 * / (a + b + smooth) of each sample, with predictions x from 0 to 1, targets t, h = the sum of x t,
 * a that of x, b that of t.
 *
 * <p>Targets are {@link io.github.lanewise.nn.data.Targets.Values} of the predictions' shape, as a
 * rule 0 or 1. For scores put a sigmoid before it.
 *
 * @param smooth makes the loss of empty masks smooth; where all that is divided by is 0, it is 0
 * @param reduction mean over samples, or sum
 */
public record DiceLoss(float smooth, Reduction reduction) implements Loss {

    private static final double HALF = 0.5;

    /** Checks the arguments. */
    public DiceLoss {
        Numbers.requireNotNegative("DiceLoss", "smooth", smooth);
        Objects.requireNonNull(reduction, "reduction");
    }

    /** Makes the mean loss with a smooth of 1. */
    public DiceLoss() {
        this(1, Reduction.MEAN);
    }

    /** Returns this loss reduced otherwise. */
    public DiceLoss reduction(Reduction other) {
        return new DiceLoss(smooth, other);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        double[] numbers = {HALF, HALF, HALF * smooth};
        return new OverlapLossPass(this, numbers, reduction, predictions, workspace);
    }

    @Override
    public String toString() {
        return "DiceLoss(smooth=%s%s)".formatted(smooth, reduction.suffix(", "));
    }
}
