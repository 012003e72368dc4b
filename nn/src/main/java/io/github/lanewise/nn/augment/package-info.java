/**
 * Samples that differ from epoch to epoch: images and series turned, moved, noised and mixed.
 *
 * <p>Read {@link io.github.lanewise.nn.augment.AugmentedDataset} first.
 */
package io.github.lanewise.nn.augment;
