package io.github.lanewise.tabular;

/** What the best epoch is best in. */
public enum Metric {
    /** The log loss, or for regression the root of the mean squared error. */
    LOSS,
    /** The accuracy; labels are smoothed, so that probabilities are too even. */
    ACCURACY
}
