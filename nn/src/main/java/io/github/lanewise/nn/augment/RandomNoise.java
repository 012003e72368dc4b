package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

/**
 * Adds numbers of the normal distribution to samples of any shape.
 *
 * @param deviation standard deviation, 0 or more
 */
public record RandomNoise(double deviation) implements Augmentation {

    /** Checks the deviation. */
    public RandomNoise {
        Checks.requireRange("RandomNoise", "deviation", 0, deviation, true);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        for (int i = 0; i < from.length; i++) {
            to[i] = (float) (from[i] + deviation * random.gaussian());
        }
    }
}
