package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Named;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * Puts the axes of a sample into another order: axis i of the outputs is axis {@code axes[i]} of
 * the inputs, axis 0 being the first after the batch.
 */
public final class Permute implements Layer {

    private final int[] axes;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if the numbers are not 0, 1, ... in some order
     */
    public Permute(int... axes) {
        this.axes = axes.clone();
        int[] sorted = axes.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != i) {
                throw new IllegalArgumentException(
                        "%s: not an order of axes; give each from 0 to %s once"
                                .formatted(this, axes.length - 1));
            }
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != axes.length) {
            throw new IllegalArgumentException(
                    "%s: input is %s, which has %s axes; it must have %s"
                            .formatted(this, input, input.rank(), axes.length));
        }
        return new Shape(Arrays.stream(axes).map(input::dimension).toArray());
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return axes[0] == 0 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int[] strides = new int[axes.length];
        int stride = 1;
        for (int axis = axes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= input.dimension(axis);
        }
        int[] sources = new int[output.features()];
        for (int j = 0; j < sources.length; j++) {
            int rest = j;
            for (int i = axes.length - 1; i >= 0; i--) {
                sources[j] += rest % output.dimension(i) * strides[axes[i]];
                rest /= output.dimension(i);
            }
        }
        FeatureMap map = FeatureMap.select(sources.length, sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    private List<Integer> order() {
        return Arrays.stream(axes).boxed().toList();
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("dims", order());
    }

    @Override
    public String toString() {
        String text = order().toString();
        return "Permute(%s)".formatted(text.substring(1, text.length() - 1));
    }
}
