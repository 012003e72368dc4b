package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * Takes a part of a sample along one axis, axis 0 being the first after the batch: the elements
 * from {@code start} (inclusive) to {@code end} (exclusive), every one or every step-th. Backward:
 * what was not taken has gradient 0.
 */
public final class Slice implements Layer {

    private final int axis;
    private final int start;
    private final int end;
    private final int step;

    /** Makes a layer that takes every element. */
    public Slice(int axis, int start, int end) {
        this(axis, start, end, 1);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if axis or start is below 0, the end not above the start, or
     *     the step below 1
     */
    public Slice(int axis, int start, int end, int step) {
        this.axis = axis;
        this.start = start;
        this.end = end;
        this.step = step;
        if (Math.min(axis, start) < 0 || start >= end || step < 1) {
            throw new IllegalArgumentException(
                    "%s: nothing to take; axis and start must be 0 or more, end above start,"
                                    .formatted(this)
                            + " step 1 or more");
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        if (end > Axes.of(this, input, axis).size()) {
            throw new IllegalArgumentException(
                    "%s: input is %s; its axis %s must have %s elements or more"
                            .formatted(this, input, axis, end));
        }
        return Axes.resized(input, axis, Math.ceilDiv(end - start, step));
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return axis > 0 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        Axes axes = Axes.of(this, input, axis);
        int taken = output.dimension(axis);
        int[] sources = new int[taken * axes.inner()];
        for (int j = 0; j < sources.length; j++) {
            int element = start + j / axes.inner() * step;
            sources[j] = element * axes.inner() + j % axes.inner();
        }
        FeatureMap map = FeatureMap.select(axes.size() * axes.inner(), sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("dim", axis, "start", start, "end", end, "step", step);
    }

    @Override
    public String toString() {
        String every = step == 1 ? "" : ", step %s".formatted(step);
        return "Slice(axis %s, %s to %s%s)".formatted(axis, start, end, every);
    }
}
