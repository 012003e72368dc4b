package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Numbers;

import java.util.Arrays;

/**
 * Covers a rectangle of an image, in all channels (Zhong and others, "Random erasing data
 * augmentation", 2020). Area and ratio of width to height are drawn, the ratio on a logarithmic
 * scale; sides are cut to those of the image.
 *
 * @param p probability, 0 to 1
 * @param minArea smallest share of the image
 * @param maxArea largest, 1 at most
 * @param minRatio smallest width over height, above 0
 * @param maxRatio largest
 * @param value what covers it
 */
public record RandomErasing(
        double p, double minArea, double maxArea, double minRatio, double maxRatio, float value)
        implements Augmentation {

    /** Checks the numbers. */
    public RandomErasing {
        Numbers.requireShare("RandomErasing", "p", p);
        Checks.requireRange("RandomErasing", "area", minArea, maxArea, true);
        Numbers.requireShare("RandomErasing", "largest area", maxArea);
        Checks.requireRange("RandomErasing", "ratio", minRatio, maxRatio, false);
    }

    /** Covers 2 % to 33 % of the image, from 0.3 to 3.3 as wide as high, with 0. */
    public RandomErasing(double p) {
        this(p, 0.02, 0.33, 0.3, 3.3, 0);
    }

    @Override
    public void check(Shape shape) {
        Checks.requireImage("RandomErasing", shape);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        System.arraycopy(from, 0, to, 0, from.length);
        if (random.uniform() >= p) {
            return;
        }
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        double area = (minArea + (maxArea - minArea) * random.uniform()) * height * width;
        double low = StrictMath.log(minRatio);
        double ratio = StrictMath.exp(low + (StrictMath.log(maxRatio) - low) * random.uniform());
        int w = (int) Math.min(width, Math.round(StrictMath.sqrt(area * ratio)));
        int h = (int) Math.min(height, Math.round(StrictMath.sqrt(area / ratio)));
        int left = random.nextInt(width - w + 1);
        int top = random.nextInt(height - h + 1);
        for (int c = 0; c < shape.dimension(0); c++) {
            for (int y = top; y < top + h; y++) {
                int row = (c * height + y) * width + left;
                Arrays.fill(to, row, row + w, value);
            }
        }
    }
}
