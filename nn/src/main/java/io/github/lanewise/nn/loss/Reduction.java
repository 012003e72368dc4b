package io.github.lanewise.nn.loss;

/** How a loss makes one number of many. */
public enum Reduction {
    /** The mean of all elements, or of all samples where a loss has one number for each sample. */
    MEAN,
    /** The sum. */
    SUM,
    /** The sum divided by the number of samples. */
    BATCH_MEAN;

    /**
     * Returns what the sum is divided by.
     *
     * @param weight of what counts
     * @param rows samples
     */
    double divisor(double weight, double rows) {
        return switch (this) {
            case MEAN -> weight;
            case SUM -> 1;
            case BATCH_MEAN -> rows;
        };
    }

    /** Returns how it reads among other arguments of a loss: nothing for the mean. */
    String suffix(String separator) {
        return this == MEAN
                ? ""
                : separator + "reduction=" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
