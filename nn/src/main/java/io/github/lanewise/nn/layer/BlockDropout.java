package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/**
 * What the layers have in common that drop blocks of a sample as a whole while training, each with
 * probability p, and multiply the others by 1 / (1 - p).
 */
public abstract class BlockDropout extends DropoutLayer {

    BlockDropout(float p) {
        super(p);
    }

    /** Checks the input and returns it. */
    @Override
    public abstract Shape outputShape(Shape input);

    @Override
    final Pass dropping(Shape input, Workspace workspace) {
        return new BlockDropoutPass(this, input, workspace);
    }
}
