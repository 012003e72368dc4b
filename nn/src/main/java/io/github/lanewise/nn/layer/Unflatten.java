package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Arrays;
import java.util.SequencedMap;

/**
 * Cuts an axis into several, whose dimensions multiply to its own; the numbers stay where they are.
 * Axis 0 is the first after the batch, PyTorch's dimension 1.
 */
public final class Unflatten implements Layer {

    private final int axis;
    private final Shape sizes;

    /**
     * Makes a layer.
     *
     * @param axis which is cut
     * @param sizes of the axes that it becomes
     * @throws IllegalArgumentException if the axis is below 0, there are no sizes, or one is below
     *     1
     */
    public Unflatten(int axis, int... sizes) {
        this.axis = axis;
        this.sizes = new Shape(sizes);
        if (axis < 0) {
            throw new IllegalArgumentException(
                    "%s: no such axis; it must be 0 or more".formatted(this));
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        int size = Axes.of(this, input, axis).size();
        if (size != sizes.features()) {
            throw new IllegalArgumentException(
                    "%s: input is %s; axis %s is %s, and the sizes multiply to %s"
                            .formatted(this, input, axis, size, sizes.features()));
        }
        int[] before = input.dimensions();
        int[] after = new int[before.length - 1 + sizes.rank()];
        for (int i = 0; i < after.length; i++) {
            int of = i - axis;
            boolean cut = of >= 0 && of < sizes.rank();
            after[i] = cut ? sizes.dimension(of) : before[of < 0 ? i : i - sizes.rank() + 1];
        }
        return new Shape(after);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return SamePass.INSTANCE;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of(
                "dim", axis, "unflattenedSize", Arrays.stream(sizes.dimensions()).boxed().toList());
    }

    @Override
    public String toString() {
        return "Unflatten(axis %s, %s)".formatted(axis, sizes);
    }
}
