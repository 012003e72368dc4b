package io.github.lanewise.examples.digits;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.ProgressBar;
import io.github.lanewise.examples.Reason;
import io.github.lanewise.nn.file.AtomicFile;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fetches MNIST from public mirrors into the cache.
 *
 * <p>A file enters the cache in one move, after its length and SHA-256 have been checked; a broken
 * download leaves nothing behind.
 */
public final class MnistDownload {

    /** System property with other mirrors, separated by commas. */
    public static final String MIRRORS_PROPERTY = "lanewise.mnistMirrors";

    private static final List<String> MIRRORS =
            List.of(
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "https://storage.googleapis.com/cvdf-datasets/mnist/");
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 10_000;
    private static final int CHUNK = 1 << 16;

    private MnistDownload() {}

    /** Returns the mirrors in the order in which they are asked. */
    public static List<String> mirrors() {
        String chosen = System.getProperty(MIRRORS_PROPERTY);
        return chosen == null
                ? MIRRORS
                : Stream.of(chosen.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }

    /**
     * Fetches the files that a folder lacks from the first mirror that has them all.
     *
     * @throws IOException if no mirror has them; names the reason of each
     */
    public static void into(Path folder, List<String> mirrors) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(text("%s: cannot be made: %s", folder, reason(e)), e);
        }
        List<String> reasons = new ArrayList<>();
        for (String mirror : mirrors) {
            try {
                for (MnistFile file : MnistFile.missingIn(folder)) {
                    URI uri = URI.create(mirror.endsWith("/") ? mirror : mirror + "/");
                    byte[] content = fetch(uri.resolve(file.gzipName()), file);
                    AtomicFile.write(folder.resolve(file.gzipName()), content);
                }
                return;
            } catch (IOException | IllegalArgumentException e) {
                reasons.add(mirror + ": " + reason(e));
            }
        }
        throw new IOException(
                reasons.isEmpty() ? "there is no mirror to ask" : String.join("; ", reasons));
    }

    private static byte[] fetch(URI uri, MnistFile file) throws IOException {
        if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("is no address that begins with https:// or http://");
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(
                        text("%s: answered %d", file.gzipName(), connection.getResponseCode()));
            }
            try (InputStream in = connection.getInputStream();
                    ProgressBar bar = new ProgressBar(file.gzipName(), file.gzipLength())) {
                return read(in, bar, file);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] read(InputStream in, ProgressBar bar, MnistFile file) throws IOException {
        byte[] content = new byte[(int) file.gzipLength()];
        int length = 0;
        int got;
        while ((got = in.read(content, length, Math.min(CHUNK, content.length - length))) > 0) {
            length += got;
            bar.show(length);
        }
        boolean more = in.read() >= 0;
        if (more || length < content.length) {
            throw new IOException(
                    text(
                            "%s: sent %s %,d bytes; it has %,d",
                            file.gzipName(), more ? "more than" : "only", length, content.length));
        }
        String sha256 = HexFormat.of().formatHex(sha256().digest(content));
        if (!sha256.equals(file.gzipSha256())) {
            throw new IOException(
                    text(
                            "%s: has SHA-256 %.8s...; it must be %.8s...",
                            file.gzipName(), sha256, file.gzipSha256()));
        }
        return content;
    }

    private static String reason(Exception e) {
        return switch (e) {
            case UnknownHostException _ -> "host not found";
            case SocketTimeoutException _ -> "no answer in time";
            case IOException broken -> Reason.of(broken);
            default -> String.valueOf(e.getMessage());
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
