package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.SamePass;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What the layers have in common that drop blocks of a sample as a whole while training, each with
 * probability p, and multiply the others by 1 / (1 - p).
 */
public abstract class BlockDropout extends RandomLayer {

    private final float p;

    BlockDropout(float p) {
        super("dropout");
        this.p = requireShare(p);
    }

    /** Returns the probability of being dropped. */
    public final float p() {
        return p;
    }

    /** Returns how many blocks a sample has. */
    abstract int blocks(Shape input);

    /** Checks the input and returns it. */
    @Override
    public abstract Shape outputShape(Shape input);

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return workspace.training()
                ? new BlockDropoutPass(this, input, workspace)
                : SamePass.INSTANCE;
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("p", p);
        return all;
    }

    @Override
    public final String toString() {
        return "%s(p=%s)".formatted(getClass().getSimpleName(), p);
    }
}
