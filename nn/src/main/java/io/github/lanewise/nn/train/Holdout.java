package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Dataset;

/**
 * A dataset without its end, and its end, which is held out of training.
 *
 * @param training samples to train on
 * @param validation samples to measure on
 */
record Holdout(Dataset training, Dataset validation) {

    /**
     * Holds this share of a dataset out.
     *
     * @throws IllegalArgumentException if that is none of the samples, or all
     */
    static Holdout of(Dataset dataset, double share) {
        Dataset.requireRandomAccess("validationSplit", dataset);
        int samples = dataset.size();
        int held = (int) Math.round(share * samples);
        if (held == 0 || held == samples) {
            throw new IllegalArgumentException(
                    ("fit: a validationSplit of %s of %s samples is %s; at least one must be held"
                                    + " back, and one be left to train on")
                            .formatted(share, samples, held));
        }
        int kept = samples - held;
        return new Holdout(dataset.range(0, kept), dataset.range(kept, samples));
    }
}
