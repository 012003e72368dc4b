package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.SamePass;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The dropout that goes with {@link SELU}: while training each value becomes, with probability p,
 * the least that SELU takes, and all are scaled and shifted so that mean 0 and variance 1 stay
 * (Klambauer and others, "Self-normalizing neural networks", 2017). For inference it does nothing.
 *
 * <p>With c = 1.7580993408473766 and a = 1 / sqrt((c<sup>2</sup> p + 1) (1 - p)): y = a (x + c p),
 * or a c (p - 1) where dropped; 0 everywhere if p is 1. Backward: dx = a dy, or 0. {@link
 * RandomLayer} says where its random numbers come from.
 */
public final class AlphaDropout extends RandomLayer {

    private final float p;

    /** Makes the layer that drops half of the values. */
    public AlphaDropout() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public AlphaDropout(float p) {
        super("dropout");
        this.p = requireShare(p);
    }

    /** Returns the probability of being dropped. */
    public float p() {
        return p;
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return workspace.training()
                ? new AlphaDropoutPass(this, p, input.features(), input, workspace)
                : SamePass.INSTANCE;
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("p", p);
        return all;
    }

    @Override
    public String toString() {
        return "AlphaDropout(p=%s)".formatted(p);
    }
}
