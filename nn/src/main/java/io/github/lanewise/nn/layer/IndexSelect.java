package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Named;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * Takes elements along one axis of a sample by their numbers, in any order and as often as each is
 * named, axis 0 being the first after the batch: so a sequence is turned round, or an axis of 1
 * element repeated. Backward: an element has the sum of the gradients of where it went.
 */
public final class IndexSelect implements Layer {

    private final int axis;
    private final int[] indices;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if axis or an index is below 0, or no index is given
     */
    public IndexSelect(int axis, int... indices) {
        this.axis = axis;
        this.indices = indices.clone();
        if (axis < 0 || indices.length == 0 || Arrays.stream(indices).min().getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "%s: nothing to take; give one index or more, axis and indices from 0"
                            .formatted(this));
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        int size = Axes.of(this, input, axis).size();
        if (Arrays.stream(indices).max().getAsInt() >= size) {
            throw new IllegalArgumentException(
                    "%s: input is %s; indices of its axis %s must be below %s"
                            .formatted(this, input, axis, size));
        }
        return Axes.resized(input, axis, indices.length);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        Axes axes = Axes.of(this, input, axis);
        int[] sources = new int[indices.length * axes.inner()];
        for (int j = 0; j < sources.length; j++) {
            sources[j] = indices[j / axes.inner()] * axes.inner() + j % axes.inner();
        }
        FeatureMap map = FeatureMap.select(axes.size() * axes.inner(), sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    private List<Integer> index() {
        return Arrays.stream(indices).boxed().toList();
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("dim", axis, "index", index());
    }

    @Override
    public String toString() {
        return indices.length > 8
                ? "IndexSelect(axis %s, %s indices)".formatted(axis, indices.length)
                : "IndexSelect(axis %s, %s)".formatted(axis, index());
    }
}
