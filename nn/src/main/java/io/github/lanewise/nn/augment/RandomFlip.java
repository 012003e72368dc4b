package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Numbers;

/**
 * Turns samples round along one dimension: images left to right or top to bottom, series in time.
 *
 * @param p probability, 0 to 1
 * @param axis dimension of the sample, from 0
 */
public record RandomFlip(double p, int axis) implements Augmentation {

    /** Checks the probability. */
    public RandomFlip {
        Numbers.requireShare("RandomFlip", "p", p);
    }

    /** Turns images left to right. */
    public static RandomFlip horizontal(double p) {
        return new RandomFlip(p, 2);
    }

    /** Turns images top to bottom. */
    public static RandomFlip vertical(double p) {
        return new RandomFlip(p, 1);
    }

    @Override
    public void check(Shape shape) {
        Checks.requireAxis("RandomFlip", axis, shape);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        if (random.uniform() >= p) {
            System.arraycopy(from, 0, to, 0, from.length);
            return;
        }
        Along along = Along.of(shape, axis);
        for (int i = 0; i < along.length(); i++) {
            along.copy(from, i, to, along.length() - 1 - i);
        }
    }
}
