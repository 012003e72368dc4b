package io.github.lanewise.nn.data;

import io.github.lanewise.nn.init.RandomStream;

/** Draws by bisection in the sums of the weights. */
final class WeightedSampler implements Sampler {

    private static final double TWO_TO_MINUS_53 = 0x1p-53;

    private final int samples;
    private final double[] sums;

    WeightedSampler(int samples, double[] weights) {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "Sampler: an epoch of %s samples; it must have 1 or more".formatted(samples));
        }
        this.samples = samples;
        this.sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException(
                        "Sampler: weight of sample %s is %s; it must be 0 or more"
                                .formatted(i, weights[i]));
            }
            sum += weights[i];
            sums[i] = sum;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Sampler: the weights add up to %s; it must be above 0, and finite"
                            .formatted(sum));
        }
    }

    @Override
    public int samples(int size) {
        if (size != sums.length) {
            throw new IllegalArgumentException(
                    "Sampler: %s weights or classes for %s samples; give one for each"
                            .formatted(sums.length, size));
        }
        return samples;
    }

    @Override
    public void draw(RandomStream random, int size, int[] order) {
        double total = sums[size - 1];
        for (int i = 0; i < order.length; i++) {
            order[i] = above((random.nextLong() >>> 11) * TWO_TO_MINUS_53 * total);
        }
    }

    /**
     * Returns the first sample whose sum is above a number; a rounded product may reach the end.
     */
    private int above(double number) {
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        while (low > 0 && sums[low] == sums[low - 1]) {
            low--;
        }
        return low;
    }

    @Override
    public String toString() {
        return "weighted(%s samples)".formatted(samples);
    }
}
