package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Named;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the layers that pad have in common: how many elements stand at each side, and which number
 * each of them is.
 *
 * <p>Inputs are sequences of channels x length, images of channels x height x width, or volumes of
 * channels x depth x height x width. Backward: an element gets the sum of the gradients of all its
 * copies, in row-major order.
 */
public abstract class PaddingLayer implements Layer {

    private static final String[] SHAPES = {
        "sequences: channels x length",
        "images: channels x height x width",
        "volumes: channels x depth x height x width"
    };

    private final PaddingMode mode;
    private final float value;
    private final int[] sides;

    /**
     * @param sides of the last axis before and after, then of the one before it, and so on
     */
    PaddingLayer(PaddingMode mode, float value, int... sides) {
        this.mode = mode;
        this.value = value;
        this.sides = sides;
        if (Float.isNaN(value)) {
            throw new IllegalArgumentException(
                    "%s: the value is NaN; it must be a number".formatted(this));
        }
    }

    /** Returns how many elements stand before an axis of the input, from 1 on. */
    private int before(Shape input, int axis) {
        return sides[2 * (input.rank() - 1 - axis)];
    }

    private int after(Shape input, int axis) {
        return sides[2 * (input.rank() - 1 - axis) + 1];
    }

    @Override
    public final Shape outputShape(Shape input) {
        Images.require(this, input, sides.length / 2 + 1, SHAPES[sides.length / 2 - 1]);
        int[] dimensions = input.dimensions();
        for (int axis = 1; axis < dimensions.length; axis++) {
            int size = dimensions[axis];
            int before = before(input, axis);
            int after = after(input, axis);
            long padded = (long) size + before + after;
            boolean fits = Math.max(before, after) <= mode.most(size);
            if (!fits || padded < 1 || padded > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "%s: input is %s: %s elements cannot get %s before and %s after"
                                .formatted(this, input, size, before, after));
            }
            dimensions[axis] = (int) padded;
        }
        return new Shape(dimensions);
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int channel = input.features() / input.dimension(0);
        int[] sources = new int[output.features() / output.dimension(0)];
        for (int j = 0; j < sources.length; j++) {
            sources[j] = source(input, output, j);
        }
        FeatureMap map = FeatureMap.selectOr(value, channel, sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    /** Returns which element of a channel stands at place j of a padded one. */
    private int source(Shape input, Shape output, int j) {
        int rest = j;
        int stride = 1;
        int source = 0;
        for (int axis = input.rank() - 1; axis > 0; axis--) {
            int size = input.dimension(axis);
            int position = rest % output.dimension(axis) - before(input, axis);
            boolean inside = position >= 0 && position < size;
            int element = inside ? position : mode.outside(position, size);
            if (element < 0) {
                return FeatureMap.ZERO;
            }
            source += element * stride;
            stride *= size;
            rest /= output.dimension(axis);
        }
        return source;
    }

    private List<Integer> padding() {
        return Arrays.stream(sides).boxed().toList();
    }

    @Override
    public final SequencedMap<String, Object> options() {
        Float constant = mode == PaddingMode.CONSTANT ? value : null;
        return Named.of("padding", padding(), "value", constant);
    }

    @Override
    public final String toString() {
        String text = padding().toString();
        return "%s(%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        text.substring(1, text.length() - 1),
                        mode == PaddingMode.CONSTANT ? ", value=" + value : "");
    }
}
