package io.github.lanewise.nn.data;

import java.util.Objects;

/**
 * One of the ways in which cross-validation parts a dataset: see {@link Folds}.
 *
 * @param training samples to learn from
 * @param validation the others, or those that come after
 */
public record Fold(Dataset training, Dataset validation) {

    /** Checks that both are there. */
    public Fold {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
    }
}
