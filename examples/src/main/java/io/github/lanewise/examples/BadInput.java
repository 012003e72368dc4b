package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

/** Something that the user gave and can mend; its message is all that the user is shown. */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadInput(String message) {
        super(message);
    }

    BadInput(String message, Throwable cause) {
        super(message, cause);
    }

    /** Requires a condition of an option, and names the option, its value and what it must be. */
    static void require(boolean valid, String option, Object value, String range) {
        if (!valid) {
            throw new BadInput(text("%s: is %s; it must be %s", option, value, range));
        }
    }
}
