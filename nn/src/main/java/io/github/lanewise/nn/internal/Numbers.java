package io.github.lanewise.nn.internal;

/** Checks of numbers that a program gave; messages say what took the number, and its name. */
public final class Numbers {

    private Numbers() {}

    /** Checks a count, and returns it. */
    public static int requirePositive(String what, String name, int number) {
        return (int) requirePositive(what, name, (long) number);
    }

    /** Checks a count, and returns it. */
    public static long requirePositive(String what, String name, long number) {
        require(number >= 1, what, name, number, "1 or more");
        return number;
    }

    /** Checks a number that may be 0. */
    public static void requireNotNegative(String what, String name, Number number) {
        double value = number.doubleValue();
        boolean valid = value >= 0 && value < Double.POSITIVE_INFINITY;
        require(valid, what, name, number, "0 or more, and finite");
    }

    /** Checks a number that may not be 0. */
    public static void requireAboveZero(String what, String name, Number number) {
        double value = number.doubleValue();
        boolean valid = value > 0 && value < Double.POSITIVE_INFINITY;
        require(valid, what, name, number, "above 0, and finite");
    }

    /** Checks a share of a whole. */
    public static void requireShare(String what, String name, Number number) {
        double value = number.doubleValue();
        require(value >= 0 && value <= 1, what, name, number, "from 0 to 1");
    }

    private static void require(
            boolean valid, String what, String name, Object number, String range) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; it must be %s".formatted(what, name, number, range));
        }
    }
}
