package io.github.lanewise.nn.metrics;

/** Checks that measures have in common. */
final class Samples {

    private Samples() {}

    /** Checks that there is one of something for each label, and at least one. */
    static void requireEqual(String measure, int labels, String others, int count) {
        if (labels != count) {
            throw new IllegalArgumentException(
                    "%s: %s labels, %s %s; there must be one for each"
                            .formatted(measure, labels, count, others));
        }
        if (labels == 0) {
            throw new IllegalArgumentException(
                    "%s: no samples; give at least one".formatted(measure));
        }
    }

    /** Checks that labels are columns of a matrix. */
    static void requireClasses(String measure, int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "%s: label %s of sample %s is outside the %s classes; it must be from 0 to %s"
                                .formatted(measure, labels[i], i, classes, classes - 1));
            }
        }
    }
}
