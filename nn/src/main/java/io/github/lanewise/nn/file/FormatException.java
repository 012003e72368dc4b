package io.github.lanewise.nn.file;

import java.io.IOException;

/**
 * Says that what was read is not what its format demands, or not what the reader asked for.
 *
 * <p>The message names the file, the place in it, what was expected and what was found.
 */
public final class FormatException extends IOException {

    private static final long serialVersionUID = 1;

    /** Takes the whole message. */
    public FormatException(String message) {
        super(message);
    }

    /** Takes the whole message, and what led to it. */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
