package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * What the gated linear units have in common (Dauphin and others, 2017; Shazeer, "GLU variants
 * improve Transformer", 2020): inputs are two halves along an axis, one of which, through a
 * function f, multiplies the other. Put it after a {@link Linear} of twice the width.
 *
 * <p>Backward: the gradient of the value is dy f(gate), that of the gate dy value f'(gate).
 */
public abstract class GatedUnit implements Layer {

    private static final int LAST = -1;

    private final Activation function;
    private final boolean gateFirst;
    private final int axis;

    GatedUnit(Activation function, boolean gateFirst) {
        this(function, gateFirst, LAST);
    }

    GatedUnit(Activation function, boolean gateFirst, int axis) {
        this.function = function;
        this.gateFirst = gateFirst;
        this.axis = axis;
    }

    final Activation function() {
        return function;
    }

    final boolean gateFirst() {
        return gateFirst;
    }

    private int axisOf(Shape input) {
        return axis == LAST ? input.rank() - 1 : axis;
    }

    @Override
    public final Shape outputShape(Shape input) {
        int along = axisOf(input);
        int size = Axes.of(this, input, along).size();
        if (size % 2 != 0) {
            throw new IllegalArgumentException(
                    "%s: input is %s; its axis %s must be even, two halves"
                            .formatted(this, input, along));
        }
        return Axes.resized(input, along, size / 2);
    }

    @Override
    public final Lengths outputLengths(Shape input, Lengths lengths) {
        return axisOf(input) > 0 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        Axes axes = Axes.of(this, input, axisOf(input));
        int half = axes.size() / 2 * axes.inner();
        return new GatedPass(
                this,
                half,
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        return Named.of("dim", axis == LAST ? null : axis);
    }

    @Override
    public final String toString() {
        return "%s(%s)".formatted(getClass().getSimpleName(), axis == LAST ? "" : "axis " + axis);
    }
}
