package io.github.lanewise.examples;

import io.github.lanewise.nn.init.RandomStream;

/**
 * Points round two ellipses with a common centre, too noisy for a line to tell them apart.
 *
 * @param points x and y of each point
 * @param labels 0 for the inner ellipse, 1 for the outer
 */
record TwoEllipses(float[][] points, int[] labels) {

    private static final double[][] HALF_AXES = {{0.9, 0.5}, {2.0, 1.4}};
    private static final double NOISE = 0.15;
    private static final double TILT = Math.PI / 6;

    /**
     * Draws points, half of them for each ellipse; the same for the same stream on every machine.
     */
    static TwoEllipses draw(int count, RandomStream random) {
        float[][] points = new float[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            double angle = 2 * Math.PI * random.uniform();
            double swell = 1 + NOISE * random.gaussian();
            double u = HALF_AXES[labels[i]][0] * swell * StrictMath.cos(angle);
            double v = HALF_AXES[labels[i]][1] * swell * StrictMath.sin(angle);
            double cos = StrictMath.cos(TILT);
            double sin = StrictMath.sin(TILT);
            points[i] = new float[] {(float) (cos * u - sin * v), (float) (sin * u + cos * v)};
        }
        return new TwoEllipses(points, labels);
    }
}
