package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

/**
 * Moves samples along one dimension by a whole number of positions, either way; what comes in from
 * outside is 0, what goes out is lost.
 *
 * @param most positions, 0 or more, below the length
 * @param axis dimension of the sample, from 0: that of the steps of a series, for example
 */
public record RandomShift(int most, int axis) implements Augmentation {

    /** Checks the number. */
    public RandomShift {
        if (most < 0) {
            throw new IllegalArgumentException(
                    "RandomShift: most is %s; it must be 0 or more".formatted(most));
        }
    }

    @Override
    public void check(Shape shape) {
        Checks.requireAxis("RandomShift", axis, shape);
        if (most >= shape.dimension(axis)) {
            throw new IllegalArgumentException(
                    "RandomShift: by up to %s positions of samples %s; nothing might be left, take less"
                            .formatted(most, shape));
        }
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        Along along = Along.of(shape, axis);
        int by = random.nextInt(2 * most + 1) - most;
        for (int i = 0; i < along.length(); i++) {
            int source = i - by;
            if (source >= 0 && source < along.length()) {
                along.copy(from, source, to, i);
            } else {
                along.fill(to, i, 0);
            }
        }
    }
}
