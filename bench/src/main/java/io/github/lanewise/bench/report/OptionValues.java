package io.github.lanewise.bench.report;

/** The values of options on the command lines of reports. */
public final class OptionValues {

    private OptionValues() {}

    /**
     * Returns what follows an option.
     *
     * @throws IllegalArgumentException if it is the last argument
     */
    public static String value(String[] arguments, int option) {
        if (option + 1 == arguments.length) {
            throw new IllegalArgumentException(arguments[option] + " needs a value");
        }
        return arguments[option + 1];
    }

    /**
     * Returns the whole number that follows an option.
     *
     * @throws IllegalArgumentException if it is none, or less than allowed
     */
    public static int number(String[] arguments, int option, int least) {
        String text = value(arguments, option);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw new IllegalArgumentException(
                    "%s: is '%s'; it must be a whole number from %d on"
                            .formatted(arguments[option], text, least));
        }
        return Integer.parseInt(text);
    }
}
