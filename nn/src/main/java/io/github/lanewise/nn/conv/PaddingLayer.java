package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Images;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the layers that pad have in common: how many elements stand at each side, and which number
 * each of them is.
 *
 * <p>Inputs are images of channels x height x width, or sequences of channels x length. Backward:
 * an element gets the sum of the gradients of all its copies, in row-major order.
 */
public abstract class PaddingLayer implements Layer {

    private final boolean images;
    private final int left;
    private final int right;
    private final int top;
    private final int bottom;

    PaddingLayer(boolean images, int left, int right, int top, int bottom) {
        this.images = images;
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
    }

    /**
     * Returns which element stands at a position outside a side.
     *
     * @param position below 0, or from size on
     * @return 0 to size - 1, or {@link FeatureMap#ZERO}
     */
    abstract int outside(int position, int size);

    /** Returns how many elements a side of this size can get at either end. */
    abstract int most(int size);

    private int end(Shape input, int axis, int before, int after) {
        int size = input.dimension(axis);
        long padded = (long) size + before + after;
        if (Math.max(before, after) > most(size) || padded < 1 || padded > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s: input is %s: %d elements cannot get %d before and %d after"
                            .formatted(this, input, size, before, after));
        }
        return (int) padded;
    }

    @Override
    public final Shape outputShape(Shape input) {
        if (!images) {
            Images.require(this, input, 2, "sequences: channels x length");
            return new Shape(input.dimension(0), end(input, 1, left, right));
        }
        Images.require(this, input);
        int height = end(input, 1, top, bottom);
        return new Shape(input.dimension(0), height, end(input, 2, left, right));
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int height = images ? input.dimension(1) : 1;
        int width = input.dimension(input.rank() - 1);
        int newWidth = output.dimension(input.rank() - 1);
        int[] sources = new int[output.features() / output.dimension(0)];
        for (int j = 0; j < sources.length; j++) {
            int row = element(j / newWidth - top, height);
            int col = element(j % newWidth - left, width);
            sources[j] = row < 0 || col < 0 ? FeatureMap.ZERO : row * width + col;
        }
        FeatureMap map = FeatureMap.select(height * width, sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    private int element(int position, int size) {
        return position >= 0 && position < size ? position : outside(position, size);
    }

    private List<Integer> padding() {
        return images ? List.of(left, right, top, bottom) : List.of(left, right);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("padding", padding());
        return all;
    }

    @Override
    public final String toString() {
        String text = padding().toString();
        return "%s(%s)".formatted(getClass().getSimpleName(), text.substring(1, text.length() - 1));
    }
}
