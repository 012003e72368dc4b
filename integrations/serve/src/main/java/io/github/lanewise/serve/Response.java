package io.github.lanewise.serve;

import io.github.lanewise.nn.file.Json;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body all of it
 * @param headers further ones
 */
record Response(int status, String type, byte[] body, Map<String, String> headers) {

    static final String JSON = "application/json";

    static Response json(int status, Object value) {
        return new Response(status, JSON, Json.of(value).toBytes(), Map.of());
    }

    static Response text(String type, String body) {
        return new Response(200, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Response of(Problem problem) {
        return new Response(
                problem.status(),
                JSON,
                Json.of(Map.of("error", valid(problem.getMessage()))).toBytes(),
                problem.headers());
    }

    /** Replaces half of a surrogate pair, which a cut through a quoted text can leave. */
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
