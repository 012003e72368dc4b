package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.SamePass;

import java.util.SequencedMap;

/** A layer that drops blocks of a sample as a whole while training, each with probability p. */
abstract class DropoutLayer extends RandomLayer {

    private final float p;

    DropoutLayer(float p) {
        super("dropout");
        this.p = requireShare(p);
    }

    /** Returns the probability of being dropped. */
    public final float p() {
        return p;
    }

    /** Returns how many blocks of equal size a sample has. */
    abstract int blocks(Shape input);

    /** Returns the pass of training. */
    abstract Pass dropping(Shape input, Workspace workspace);

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return workspace.training() ? dropping(input, workspace) : SamePass.INSTANCE;
    }

    @Override
    public final SequencedMap<String, Object> options() {
        return Named.of("p", p);
    }

    @Override
    public final String toString() {
        return "%s(p=%s)".formatted(getClass().getSimpleName(), p);
    }
}
