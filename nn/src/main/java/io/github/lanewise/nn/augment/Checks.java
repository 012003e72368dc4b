package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;

/** Checks that augmentations have in common. */
final class Checks {

    private Checks() {}

    static void requireRange(String what, String name, double min, double max, boolean zero) {
        boolean above = zero ? min >= 0 : min > 0;
        if (!(above && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: %s goes from %s to %s; it must go from %s upwards"
                            .formatted(what, name, min, max, zero ? "0 or more" : "above 0"));
        }
    }

    static void requireAxis(String what, int axis, Shape shape) {
        if (axis < 0 || axis >= shape.rank()) {
            throw new IllegalArgumentException(
                    "%s: axis %s of samples %s; it must be from 0 to %s"
                            .formatted(what, axis, shape, shape.rank() - 1));
        }
    }

    static void requireImage(String what, Shape shape) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException(
                    "%s: samples are %s; they must be images, channels x height x width"
                            .formatted(what, shape));
        }
    }
}
