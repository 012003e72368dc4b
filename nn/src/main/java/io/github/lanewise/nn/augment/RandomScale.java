package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

/**
 * Multiplies all values of a sample by one factor: a louder series, a brighter image.
 *
 * @param min smallest factor, 0 or more
 * @param max largest
 */
public record RandomScale(double min, double max) implements Augmentation {

    /** Checks the factors. */
    public RandomScale {
        Checks.requireRange("RandomScale", "factor", min, max, true);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        float factor = (float) (min + (max - min) * random.uniform());
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i] * factor;
        }
    }
}
