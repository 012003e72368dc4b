package io.github.lanewise.nn.init;

/**
 * How many numbers a weight joins: what initializers scale by.
 *
 * @param in inputs that each output sums up
 * @param out outputs that each input enters
 * @param unitsInRows whether a row of the parameter, not a column, holds the weights of one output
 */
public record Fans(int in, int out, boolean unitsInRows) {

    /** Checks the numbers. */
    public Fans {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "Fans: %s in, %s out; each must be 1 or more".formatted(in, out));
        }
    }

    /**
     * Describes a weight with a column for each output, as that of {@link
     * io.github.lanewise.nn.layer.Linear}.
     */
    public static Fans ofColumns(int in, int out) {
        return new Fans(in, out, false);
    }

    /** Describes a weight with a row for each output. */
    public static Fans ofRows(int in, int out) {
        return new Fans(in, out, true);
    }
}
