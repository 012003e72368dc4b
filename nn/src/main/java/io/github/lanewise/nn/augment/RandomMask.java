package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

/**
 * Covers a run of positions along one dimension with 0, such as steps of a series or bands of a
 * spectrum (Park and others, "SpecAugment", 2019).
 *
 * @param most positions, 0 or more; how many is drawn from 0 to this
 * @param axis dimension of the sample, from 0
 */
public record RandomMask(int most, int axis) implements Augmentation {

    /** Checks the number. */
    public RandomMask {
        if (most < 0) {
            throw new IllegalArgumentException(
                    "RandomMask: most is %s; it must be 0 or more".formatted(most));
        }
    }

    @Override
    public void check(Shape shape) {
        Checks.requireAxis("RandomMask", axis, shape);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        System.arraycopy(from, 0, to, 0, from.length);
        Along along = Along.of(shape, axis);
        int count = random.nextInt(Math.min(most, along.length()) + 1);
        int first = random.nextInt(along.length() - count + 1);
        for (int i = first; i < first + count; i++) {
            along.fill(to, i, 0);
        }
    }
}
