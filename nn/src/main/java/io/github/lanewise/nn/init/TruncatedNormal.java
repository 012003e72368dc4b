package io.github.lanewise.nn.init;

import io.github.lanewise.engine.Matrix;

/** See {@link Initializer#truncatedNormal}. */
record TruncatedNormal(double mean, double deviation, double low, double high)
        implements Initializer {

    /** Beyond this most numbers would be thrown away. */
    private static final double FARTHEST = 2;

    TruncatedNormal {
        boolean near = low - mean <= FARTHEST * deviation && mean - high <= FARTHEST * deviation;
        if (!(low < high) || !near) {
            throw new IllegalArgumentException(
                    ("truncatedNormal: interval [%s, %s] for mean %s and deviation %s;"
                                    + " it must reach to within 2 deviations of the mean")
                            .formatted(low, high, mean, deviation));
        }
    }

    @Override
    public void fill(Matrix value, RandomStream random) {
        float[] data = value.data();
        for (int i = 0; i < value.size(); i++) {
            double number;
            do {
                number = mean + deviation * random.gaussian();
            } while (!(number >= low && number <= high));
            data[value.offset() + i] = (float) number;
        }
    }
}
