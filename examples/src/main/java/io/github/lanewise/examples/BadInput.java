package io.github.lanewise.examples;

/** Something that the user gave and can mend; its message is all that the user is shown. */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadInput(String message) {
        super(message);
    }

    /** Requires a condition of an option, and names the option, its value and what it must be. */
    static void require(boolean valid, String option, Object value, String range) {
        if (!valid) {
            throw new BadInput("%s: is %s; it must be %s".formatted(option, value, range));
        }
    }
}
