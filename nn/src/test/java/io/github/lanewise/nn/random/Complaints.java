package io.github.lanewise.nn.random;

/** What the message of an exception about wrong arguments must be. */
final class Complaints {

    private static final int MOST_CHARACTERS = 2000;

    private Complaints() {}

    /**
     * Checks that a message is of the library's own, says what is wrong, and then what was expected
     * or how to fix it.
     */
    static void require(RuntimeException e) {
        String message = e.getMessage();
        if (message == null || !message.contains(":") || message.length() > MOST_CHARACTERS) {
            throw new AssertionError("not one clear line: " + e, e);
        }
        if (!e.getStackTrace()[0].getClassName().startsWith("io.github.lanewise.")) {
            throw new AssertionError("from the JDK, not from a check: " + e, e);
        }
    }
}
