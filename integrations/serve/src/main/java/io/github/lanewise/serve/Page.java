package io.github.lanewise.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The page for people, one file, whose own script and style are all that it may load. */
final class Page {

    private static final byte[] BYTES = read();

    private static final String POLICY =
            "default-src 'none'; img-src data:; connect-src 'self'; base-uri 'none'; form-action"
                    + " 'none'; frame-ancestors 'none'; script-src "
                    + hash("script")
                    + "; style-src "
                    + hash("style");

    private Page() {}

    static Response response() {
        return new Response(
                200, "text/html; charset=utf-8", BYTES, Map.of("Content-Security-Policy", POLICY));
    }

    private static byte[] read() {
        try (InputStream in = Page.class.getResourceAsStream("page.html")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names what stands in an element by its hash, as a policy does. */
    private static String hash(String element) {
        String page = new String(BYTES, StandardCharsets.UTF_8);
        int from = page.indexOf("<" + element + ">") + element.length() + 2;
        String inside = page.substring(from, page.indexOf("</" + element + ">"));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inside.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
