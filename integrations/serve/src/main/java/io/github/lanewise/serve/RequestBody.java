package io.github.lanewise.serve;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads bodies of requests, each of a bounded length, and all together within a share of memory.
 */
final class RequestBody {

    /** Of the heap, for bodies that are being read or used. */
    private static final int HEAP_SHARE = 8;

    /** So many bytes of a body that is too long are still read, so that the client sees why. */
    private static final int DISCARDED = 16 << 20;

    private final int most;
    private final Semaphore bytes;

    /** What is done with a body. */
    @FunctionalInterface
    interface Use<T> {
        T with(byte[] body) throws Exception;
    }

    RequestBody(int most) {
        this.most = most;
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        this.bytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(most, share)));
    }

    /** Reads a body, and counts it as used until what is done with it has ended. */
    <T> T read(HttpExchange exchange, Use<T> use) throws Exception {
        checkEncoding(exchange);
        long announced = announced(exchange);
        if (announced > most) {
            throw tooLong(exchange);
        }
        int share = announced >= 0 ? (int) announced : most;
        if (!bytes.tryAcquire(share)) {
            throw Problem.busy("memory", "too many requests: their bodies fill memory; try again");
        }
        try {
            // an unknown number of bytes would take a buffer of 16 KiB for each request
            byte[] body = exchange.getRequestBody().readNBytes(announced >= 0 ? share : most + 1);
            if (body.length > most) {
                throw tooLong(exchange);
            }
            return use.with(body);
        } finally {
            bytes.release(share);
        }
    }

    private static void checkEncoding(HttpExchange exchange) {
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw Problem.of(
                            415,
                            "Content-Encoding: %s is not taken; send the body as it is",
                            encoding.strip())
                    .header("Accept-Encoding", "identity");
        }
    }

    private static long announced(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw Problem.of(400, "Content-Length: is no number");
        }
    }

    private Problem tooLong(HttpExchange exchange) throws IOException {
        InputStream rest = exchange.getRequestBody();
        byte[] buffer = new byte[1 << 14];
        int read = 0;
        for (int n = 0; n >= 0 && read < DISCARDED; n = rest.read(buffer)) {
            read += n;
        }
        return Problem.rejected(
                        413,
                        "body",
                        "body: longer than %d bytes; send fewer rows at once, or start the service"
                                + " with a larger --max-body",
                        most)
                .header("Connection", "close");
    }
}
