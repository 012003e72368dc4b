package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.SamePass;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Drops whole channels as {@link AlphaDropout} drops values: while training all values of a channel
 * become, with probability p, the least that {@link SELU} takes, and all are scaled and shifted. A
 * channel is an element of the first dimension. For inference it does nothing. {@link RandomLayer}
 * says where its random numbers come from.
 */
public final class FeatureAlphaDropout extends RandomLayer {

    private final float p;

    /** Makes the layer that drops half of the channels. */
    public FeatureAlphaDropout() {
        this(0.5f);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public FeatureAlphaDropout(float p) {
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
                ? new AlphaDropoutPass(this, p, input.dimension(0), input, workspace)
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
        return "FeatureAlphaDropout(p=%s)".formatted(p);
    }
}
