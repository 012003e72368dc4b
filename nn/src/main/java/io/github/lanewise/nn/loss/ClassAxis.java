package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;

/** Where the classes are among the dimensions of a sample's predictions. */
public enum ClassAxis {
    /**
     * By the number of dimensions: of one or two (steps x classes) the last, of three or more
     * (classes x height x width) the first.
     */
    BY_RANK,
    /** The first, as PyTorch has it: classes x steps, classes x height x width. */
    FIRST,
    /** The last: steps x classes. */
    LAST;

    /** Returns whether classes come first, and something after them. */
    boolean isFirst(Shape predictions) {
        return switch (this) {
            case BY_RANK -> predictions.rank() > 2;
            case FIRST -> predictions.rank() > 1;
            case LAST -> false;
        };
    }

    /** Returns the number of classes. */
    int classes(Shape predictions) {
        return predictions.dimension(isFirst(predictions) ? 0 : predictions.rank() - 1);
    }
}
