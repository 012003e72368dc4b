package io.github.lanewise.serve;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Ends a request with a status and a message for the client; without a stack trace. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Seconds after which a client that was turned away should come again. */
    private static final String RETRY_SECONDS = "1";

    private final int status;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final String reason;

    private Problem(int status, String reason, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    /** Makes one with a message as {@link String#format} does. */
    static Problem of(int status, String message, Object... values) {
        return new Problem(status, null, String.format(Locale.ROOT, message, values));
    }

    /** Makes one for a request that a limit turns away, which metrics count by reason. */
    static Problem rejected(int status, String reason, String message, Object... values) {
        return new Problem(status, reason, String.format(Locale.ROOT, message, values));
    }

    /** Makes one for a service that has too much to do at the moment. */
    static Problem busy(String reason, String message, Object... values) {
        return rejected(503, reason, message, values).header("Retry-After", RETRY_SECONDS);
    }

    /** Adds a header to the response. */
    Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Returns the limit that turned the request away; null if it was none. */
    String reason() {
        return reason;
    }
}
