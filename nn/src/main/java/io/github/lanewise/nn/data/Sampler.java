package io.github.lanewise.nn.data;

import io.github.lanewise.nn.init.RandomStream;

/**
 * Which samples an epoch of training takes, and in which order: a function of the stream alone,
 * which is the trainer's for that epoch. So equal seeds give equal epochs. A run goes on from a
 * checkpoint if its sampler says the same of itself by {@code toString}.
 *
 * <pre>{@code
 * trainer.sampler(Sampler.balanced(labels));
 * }</pre>
 */
public interface Sampler {

    /**
     * Returns how many samples an epoch takes.
     *
     * @param size samples of the dataset
     * @throws IllegalArgumentException if it does not suit such a dataset
     */
    int samples(int size);

    /**
     * Draws the samples of an epoch.
     *
     * @param random stream of the epoch
     * @param size samples of the dataset
     * @param order receives numbers from 0 to below size, as many as {@link #samples} said
     */
    void draw(RandomStream random, int size, int[] order);

    /**
     * Draws each sample with a chance in proportion to its weight, again and again (PyTorch's
     * WeightedRandomSampler, with replacement).
     *
     * @param samples of an epoch, 1 or more
     * @param weights one for each sample of the dataset, 0 or more
     * @throws IllegalArgumentException if a number is out of range or no weight is above 0
     */
    static Sampler weighted(int samples, double... weights) {
        return new WeightedSampler(samples, weights);
    }

    /**
     * Draws each class as often as any other, and its samples alike, with replacement; an epoch
     * takes as many samples as the dataset has.
     *
     * @param classes number of each sample's class
     */
    static Sampler balanced(int... classes) {
        double[] weights = new double[classes.length];
        for (int[] members : Splits.membersOf(classes).values()) {
            for (int i : members) {
                weights[i] = 1.0 / members.length;
            }
        }
        return new WeightedSampler(classes.length, weights);
    }

    /**
     * Takes each sample once, those of a group next to each other: groups in random order, and
     * samples of a group in random order.
     *
     * @param groups number of each sample's group
     */
    static Sampler byGroup(int... groups) {
        return new GroupSampler(groups);
    }

    /**
     * Takes each sample once, in an order that is kind to disks: the dataset is cut into blocks,
     * these are shuffled, and then the samples of each few blocks that follow each other.
     *
     * @param block samples that lie together, 1 or more
     * @param window blocks whose samples are shuffled together, 1 or more
     */
    static Sampler blocks(int block, int window) {
        return new BlockSampler(block, window);
    }
}
