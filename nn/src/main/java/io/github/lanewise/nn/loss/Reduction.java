package io.github.lanewise.nn.loss;

import java.util.Locale;

/** How a loss makes one number of many. */
public enum Reduction {
    /** The mean of all elements, or of all samples where a loss has one number for each sample. */
    MEAN,
    /** The sum. */
    SUM,
    /** The sum divided by the number of samples. */
    BATCH_MEAN,
    /**
     * The mean as if all samples had the weight 1: their weights ({@link
     * io.github.lanewise.nn.data.Targets#weighted}) multiply the losses but do not enter the
     * divisor. Keras's {@code sum_over_batch_size}.
     */
    COUNT_MEAN,
    /**
     * No number of many: the losses of the samples are in {@link LossPass#losses}. Where one number
     * is needed, it is the sum, and gradients are those of the sum.
     */
    NONE;

    /**
     * Returns what the sum is divided by.
     *
     * @param weight of what counts
     * @param rows samples
     * @param count what weight would be if all samples had the weight 1
     */
    double divisor(double weight, double rows, double count) {
        return switch (this) {
            case MEAN -> weight;
            case SUM, NONE -> 1;
            case BATCH_MEAN -> rows;
            case COUNT_MEAN -> count;
        };
    }

    /** Returns how it reads among other arguments of a loss: nothing for the mean. */
    String suffix(String separator) {
        return this == MEAN ? "" : separator + "reduction=" + name().toLowerCase(Locale.ROOT);
    }
}
