package io.github.lanewise.serve;

import com.sun.net.httpserver.Headers;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** Hands requests to a server without connections, which cost more than the answers. */
public final class BareRequests {

    private final InferenceServer server;

    public BareRequests(InferenceServer server) {
        this.server = server;
    }

    /** Answers the text of a request; what the JDK refuses by itself is passed over. */
    public void answer(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n", -1);
        String[] first = lines[0].split(" ");
        String body = end < 0 ? "" : text.substring(end + 4);
        if (first.length != 3) {
            return; // the JDK answers with 400
        }
        try {
            URI address = new URI(first[1]);
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            check(new BareExchange(first[0], address, headers(lines), bytes));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return; // so it does to these
        }
    }

    private static Headers headers(String... lines) {
        Headers headers = new Headers();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private void check(BareExchange exchange) {
        try {
            server.handle(exchange);
        } catch (RuntimeException e) {
            throw new AssertionError("the server threw " + e, e);
        }
        if (exchange.fault() != null) {
            throw new AssertionError(exchange.fault());
        }
        if (Response.JSON.equals(exchange.getResponseHeaders().getFirst("Content-Type"))
                && !exchange.getRequestMethod().equals("HEAD")) {
            try {
                Json.parse(exchange.answer(), "answer");
            } catch (FormatException e) {
                throw new AssertionError("an answer that is no JSON: " + e.getMessage(), e);
            }
        }
    }
}
