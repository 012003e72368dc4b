package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

import java.util.Arrays;

/**
 * Pads images with one value on all sides and crops them to their size again, anywhere.
 *
 * @param padding pixels, 0 or more
 * @param fill what they are padded with
 */
public record RandomCrop(int padding, float fill) implements Augmentation {

    /** Checks the padding. */
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "RandomCrop: padding is %s; it must be 0 or more".formatted(padding));
        }
    }

    /** Pads with 0. */
    public RandomCrop(int padding) {
        this(padding, 0);
    }

    @Override
    public void check(Shape shape) {
        Checks.requireImage("RandomCrop", shape);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        int down = random.nextInt(2 * padding + 1) - padding;
        int right = random.nextInt(2 * padding + 1) - padding;
        Arrays.fill(to, fill);
        int first = Math.max(0, -right);
        int count = width - Math.abs(right);
        for (int c = 0; count > 0 && c < shape.dimension(0); c++) {
            for (int y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
                int source = (c * height + y + down) * width + first + right;
                System.arraycopy(from, source, to, (c * height + y) * width + first, count);
            }
        }
    }
}
