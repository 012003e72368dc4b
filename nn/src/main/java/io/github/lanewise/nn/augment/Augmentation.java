package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

/**
 * Makes of a sample another of the same shape that could have been one, too.
 *
 * @see AugmentedDataset
 */
@FunctionalInterface
public interface Augmentation {

    /**
     * Makes a sample: a function of the sample and the stream alone, so that it is the same on any
     * number of threads. Several threads may call it at once.
     *
     * @param shape of the sample; images are channels x height x width
     * @param from the sample
     * @param to receives the new one; all of it is to be written
     * @param random a stream for this sample, epoch and augmentation alone
     */
    void apply(Shape shape, float[] from, float[] to, RandomStream random);

    /**
     * Checks that it can take samples of a shape.
     *
     * @throws IllegalArgumentException if not
     */
    default void check(Shape shape) {}
}
