package io.github.lanewise.serve;

import com.sun.net.httpserver.Headers;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask.
 *
 * <p>A page of another site must not reach the service through the browser of somebody who can:
 * where there is no token, the Host header must name this machine by its address, or as the service
 * was told to be called, since a name that was bound to its address later (DNS rebinding) is
 * another; and a request that a browser sends from another origin is refused.
 */
final class Access {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String BEARER = "bearer ";

    private final String host;
    private final boolean loopback;
    private final byte[] tokenHash;

    /**
     * Makes the rules.
     *
     * @param host that the service was told to bind to
     * @param token that clients must show; null for none
     */
    Access(String host, InetAddress address, String token) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.loopback = address.isLoopbackAddress();
        this.tokenHash = token == null ? null : hash(token);
    }

    /** Refuses a request that names another host, or comes from a page of another origin. */
    void checkOrigin(Headers headers) {
        String named = headers.getFirst("Host");
        if (tokenHash == null && (named == null || !mayBe(nameOf(named)))) {
            throw Problem.of(
                    421,
                    "host: this service does not go by the name in the Host header; ask for %s",
                    loopback ? "localhost or 127.0.0.1" : host + ", or for the IP address");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !origin.replaceFirst("^https?://", "").equals(named)) {
            throw Problem.of(403, "origin: pages of other origins may not ask");
        }
    }

    private boolean mayBe(String name) {
        return LOCAL.contains(name) || name.equals(host) || !loopback && isAddress(name);
    }

    /** Returns the name or address without the port. */
    private static String nameOf(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        return (end > 0 ? header.substring(0, end) : header).toLowerCase(Locale.ROOT);
    }

    private static boolean isAddress(String name) {
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}") || name.matches("\\[[0-9a-f:.]+]");
    }

    /** Refuses a request that does not show the token; takes the same time for each wrong one. */
    void checkToken(Headers headers) {
        if (tokenHash == null) {
            return;
        }
        String shown = headers.getFirst("Authorization");
        boolean bearer = shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = bearer ? shown.substring(BEARER.length()).strip() : "";
        if (!MessageDigest.isEqual(tokenHash, hash(token))) {
            throw Problem.of(
                            401,
                            "token: %s; send the header Authorization: Bearer TOKEN",
                            bearer ? "it is not the right one" : "there is none")
                    .header("WWW-Authenticate", "Bearer");
        }
    }

    /** Hashes, so that texts of any length are compared in the same time. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
