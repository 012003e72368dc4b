package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;

import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Makes one number of those along an axis of a sample, axis 0 being the first after the batch: sum,
 * mean, largest, Euclidean norm, or last. The axis goes, unless {@link #keepDim} leaves it with
 * dimension 1.
 *
 * <p>Along the steps of sequences of unequal length ({@link Lengths}, axis 0) only those that count
 * are taken.
 *
 * <p>Sums are in double, in ascending order, and rounded once. Backward: of a sum each element has
 * dy, of a mean of n dy / n, of a maximum the first of the largest dy, of a norm y dy x / y, or 0
 * where y is 0, of the last that one dy.
 */
public final class Reduce implements Layer {

    /** What is made of the numbers. */
    public enum Kind {
        /** Their sum. */
        SUM,
        /** Their mean. */
        MEAN,
        /** The largest. */
        MAX,
        /** The root of the sum of their squares. */
        NORM,
        /** The last: of a sequence, its last step. */
        LAST
    }

    private final Options options = new Options();
    private final Kind kind;
    private final int axis;
    private boolean keepDim;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if the axis is below 0
     */
    public Reduce(Kind kind, int axis) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.axis = axis;
        if (axis < 0) {
            throw new IllegalArgumentException(
                    "%s: no such axis; it must be 0 or more".formatted(this));
        }
    }

    /** Leaves the axis in the shape of the outputs, with dimension 1. */
    public Reduce keepDim() {
        options.requireOpen(this, "keepDim");
        keepDim = true;
        return this;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        Axes.of(this, input, axis);
        return keepDim ? Axes.resized(input, axis, 1) : Axes.without(input, axis);
    }

    /** Along axis 0 padding has no part in the outputs, which are no sequences any more. */
    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return axis > 0 ? lengths : null;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new ReducePass(
                this,
                Axes.of(this, input, axis),
                axis == 0 ? workspace.lengths() : null,
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of(
                "kind", kind.name().toLowerCase(Locale.ROOT), "dim", axis, "keepdim", keepDim);
    }

    @Override
    public String toString() {
        return "Reduce(%s, axis %s%s)"
                .formatted(kind.name().toLowerCase(Locale.ROOT), axis, keepDim ? ", kept" : "");
    }
}
