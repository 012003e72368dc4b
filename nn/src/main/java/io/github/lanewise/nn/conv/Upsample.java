package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.Options;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Makes images of channels x height x width, or sequences of channels x length, larger by a whole
 * factor: by the nearest element, or by linear interpolation along each side ({@link #bilinear}).
 *
 * <p>Nearest: element i comes from element i / factor, rounded down. Linear: from place (i + 1/2) /
 * factor - 1/2, not below 0, or with {@link #alignCorners} from i (size - 1) / (size factor - 1);
 * between two elements by their distances, behind the last one that one. Backward: each element
 * gets what its copies or shares have as gradients, in row-major order.
 */
public final class Upsample implements Layer {

    private static final int CORNERS = 4;

    private final Options options = new Options();
    private final int factor;
    private boolean linear;
    private boolean alignCorners;

    /**
     * Makes a layer that takes the nearest element.
     *
     * @throws IllegalArgumentException if the factor is below 1
     */
    public Upsample(int factor) {
        Numbers.requirePositive("Upsample", "factor", factor);
        this.factor = factor;
    }

    /** Interpolates linearly: images along both sides, sequences along their one. */
    public Upsample bilinear() {
        options.requireOpen(this, "bilinear");
        linear = true;
        return this;
    }

    /** Lets the corners of inputs and outputs coincide; of use with {@link #bilinear} alone. */
    public Upsample alignCorners() {
        options.requireOpen(this, "alignCorners");
        alignCorners = true;
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        if (input.rank() != 2 && input.rank() != 3) {
            throw new IllegalArgumentException(
                    ("%s: input is %s, the layer takes channels x height x width"
                                    + " or channels x length; give the input that shape")
                            .formatted(this, input));
        }
        int[] dimensions = input.dimensions();
        for (int axis = 1; axis < dimensions.length; axis++) {
            dimensions[axis] = Images.enlarged(this, input, axis, factor);
        }
        return new Shape(dimensions);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int height = input.rank() == 3 ? input.dimension(1) : 1;
        int width = input.dimension(input.rank() - 1);
        int newHeight = input.rank() == 3 ? height * factor : 1;
        FeatureMap map =
                linear
                        ? interpolated(height, width, newHeight, width * factor)
                        : nearest(height, width, newHeight, width * factor);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    private FeatureMap nearest(int height, int width, int newHeight, int newWidth) {
        int[] sources = new int[newHeight * newWidth];
        int down = newHeight / height;
        for (int j = 0; j < sources.length; j++) {
            sources[j] = j / newWidth / down * width + j % newWidth / factor;
        }
        return FeatureMap.select(height * width, sources);
    }

    private FeatureMap interpolated(int height, int width, int newHeight, int newWidth) {
        if (newHeight * newWidth > Integer.MAX_VALUE / CORNERS) {
            throw new IllegalArgumentException(
                    "%s: the output has %s x %s elements; bilinear, there can be %s"
                            .formatted(this, newHeight, newWidth, Integer.MAX_VALUE / CORNERS));
        }
        int[] sources = new int[CORNERS * newHeight * newWidth];
        float[] weights = new float[sources.length];
        for (int j = 0; j < newHeight * newWidth; j++) {
            double down = place(j / newWidth, height, newHeight);
            double across = place(j % newWidth, width, newWidth);
            int row = (int) down;
            int col = (int) across;
            for (int corner = 0; corner < CORNERS; corner++) {
                int below = corner / 2;
                int right = corner % 2;
                int at = CORNERS * j + corner;
                sources[at] =
                        Math.min(row + below, height - 1) * width
                                + Math.min(col + right, width - 1);
                double vertical = below == 1 ? down - row : 1 - (down - row);
                double horizontal = right == 1 ? across - col : 1 - (across - col);
                weights[at] = (float) (vertical * horizontal);
            }
        }
        return FeatureMap.weigh(height * width, CORNERS, sources, weights);
    }

    /** Returns where an element lies among those of the input. */
    private double place(int i, int size, int newSize) {
        if (alignCorners) {
            return newSize == 1 ? 0 : (double) i * (size - 1) / (newSize - 1);
        }
        return Math.max(0, (i + 0.5) * size / newSize - 0.5);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("scaleFactor", factor);
        all.put("mode", linear ? "bilinear" : "nearest");
        all.put("alignCorners", alignCorners);
        return all;
    }

    @Override
    public String toString() {
        return "Upsample(%s%s%s)"
                .formatted(
                        factor,
                        linear ? ", bilinear" : "",
                        linear && alignCorners ? ", corners aligned" : "");
    }
}
