package io.github.lanewise.examples.pictures;

import io.github.lanewise.examples.digits.DigitSet;

/** Images as ink on paper. */
public final class Ink {

    private Ink() {}

    /** Returns how dark each pixel of an image is: its greatest is 1, ink, its least 0, paper. */
    public static double[] of(DigitSet digits, int image) {
        double[] ink = new double[digits.features()];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ink.length; i++) {
            ink[i] = digits.pixel(image, i / digits.cols(), i % digits.cols());
            least = Math.min(least, ink[i]);
            most = Math.max(most, ink[i]);
        }
        double range = most > least ? most - least : 1;
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (ink[i] - least) / range;
        }
        return ink;
    }
}
