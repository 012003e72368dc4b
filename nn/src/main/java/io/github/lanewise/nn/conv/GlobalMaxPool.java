package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/**
 * Takes the largest value of each channel: images of channels x height x width, or sequences of
 * channels x length, become one row of channels.
 *
 * <p>Backward: the gradient goes to the first of the largest values.
 */
public final class GlobalMaxPool implements Fusible {

    /** Makes the layer. */
    public GlobalMaxPool() {}

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() < 2) {
            throw new IllegalArgumentException(
                    "%s: input is %s, the layer takes channels of several values"
                            .formatted(this, input));
        }
        return new Shape(input.dimension(0));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        Shape output = outputShape(input);
        int values = input.features() / input.dimension(0);
        Axis whole = Axis.of(values, values, 1, 0, 1);
        return new MaxPoolPass(
                this,
                new Window(Side.SINGLE.axis(1), whole),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    @Override
    public String toString() {
        return "GlobalMaxPool()";
    }
}
