package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

class MnistDownloadTest {

    @TempDir private Path folder;

    private HttpServer server;

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void wholeFilesEnterTheCache() throws IOException {
        Path real = requireRealMnist();
        Path cache = folder.resolve("a/b");
        StringWriter said = new StringWriter();
        Digits digits = source(cache, serve(bytes -> bytes, real), said).find(null, 1);
        assertEquals(60_000, digits.train().count());
        assertEquals(cache.toString(), digits.source());
        assertEquals(4, filesIn(cache));
        assertEquals("MNIST is now in " + cache, said.toString().strip());
    }

    @Test
    void truncatedFileLeavesNothing() throws IOException {
        Path real = requireRealMnist();
        String mirror = serve(bytes -> Arrays.copyOf(bytes, bytes.length / 2), real);
        assertDownloadFails(
                mirror,
                ": train-images-idx3-ubyte.gz: sent only 4,956,211 bytes; it has 9,912,422");
    }

    @Test
    void longerFileLeavesNothing() throws IOException {
        Path real = requireRealMnist();
        String mirror = serve(bytes -> Arrays.copyOf(bytes, bytes.length + 1), real);
        assertDownloadFails(
                mirror,
                ": train-images-idx3-ubyte.gz: sent more than 9,912,422 bytes; it has 9,912,422");
    }

    @Test
    void wrongHashLeavesNothing() throws IOException {
        Path real = requireRealMnist();
        String mirror =
                serve(
                        bytes -> {
                            bytes[bytes.length / 2] ^= 1;
                            return bytes;
                        },
                        real);
        String message = failure(List.of(mirror)).getMessage();
        assertTrue(message.contains("; it must be 440fcabf..."), message);
        assertEquals(0, filesIn(folder));
    }

    @Test
    void missingFileNamesTheMirror() throws IOException {
        assertDownloadFails(serve(_ -> null, null), ": train-images-idx3-ubyte.gz: answered 404");
    }

    @Test
    void nextMirrorIsAskedWhenTheFirstFails() throws IOException {
        Path real = requireRealMnist();
        MnistDownload.into(folder, List.of("http://127.0.0.1:1/", serve(bytes -> bytes, real)));
        assertTrue(MnistFile.missingIn(folder).isEmpty());
    }

    @Test
    void withoutAnyMirrorDigitsAreDrawn() throws IOException {
        StringWriter said = new StringWriter();
        Path cache = folder.resolve("cache");
        Digits digits = source(cache, "http://127.0.0.1:1/", said).find(null, 1);
        assertTrue(digits.isEmbedded());
        assertEquals(2, said.toString().lines().count());
        assertTrue(said.toString().contains("No MNIST here, and it cannot be downloaded"));
        assertTrue(!Files.exists(cache) || filesIn(cache) == 0);
    }

    @Test
    void damagedFileInTheCacheIsFetchedAnew() throws IOException {
        Path real = requireRealMnist();
        Path damaged = folder.resolve(MnistFile.TEST_LABELS.gzipName());
        Files.write(damaged, new byte[7]);
        assertFalse(
                source(folder, serve(b -> b, real), new StringWriter()).find(null, 1).isEmbedded());
        assertEquals(MnistFile.TEST_LABELS.gzipLength(), Files.size(damaged));
    }

    @Test
    void folderOfTheUserIsNeverReplaced() {
        DigitSource source =
                new DigitSource(
                        "/no/such", Optional.of(folder), List.of(), new PrintWriter(System.out));
        assertTrue(
                assertThrows(IOException.class, () -> source.find(null, 1))
                        .getMessage()
                        .contains("LANEWISE_DATA must name"));
    }

    @Test
    void withoutAHomeDigitsAreDrawn() throws IOException {
        StringWriter said = new StringWriter();
        DigitSource source =
                new DigitSource(
                        null,
                        Optional.empty(),
                        List.of("http://127.0.0.1:1/"),
                        new PrintWriter(said, true));
        assertTrue(source.find(null, 1).isEmbedded());
        assertTrue(said.toString().startsWith("No MNIST here, and this user has no home folder"));
    }

    @Test
    void mirrorThatIsNoWebAddressIsNamed() {
        assertEquals(
                "file:///tmp/: is no address that begins with https:// or http://",
                failure(List.of("file:///tmp/")).getMessage());
    }

    @Test
    void cacheThatCannotBeMadeIsNamedAndNoMirrorIsAsked() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path cache = file.resolve("cache");
        String message =
                assertThrows(
                                IOException.class,
                                () -> MnistDownload.into(cache, List.of("http://127.0.0.1:1/")))
                        .getMessage();
        assertTrue(message.startsWith(cache + ": cannot be made: "), message);
    }

    private void assertDownloadFails(String mirror, String reason) throws IOException {
        assertEquals(mirror + reason, failure(List.of(mirror)).getMessage());
        assertEquals(0, filesIn(folder));
    }

    private IOException failure(List<String> mirrors) {
        return assertThrows(IOException.class, () -> MnistDownload.into(folder, mirrors));
    }

    private static DigitSource source(Path cache, String mirror, StringWriter said) {
        return new DigitSource(
                null, Optional.of(cache), List.of(mirror), new PrintWriter(said, true));
    }

    private static Path requireRealMnist() {
        Path real = MnistFolderTest.realMnist();
        assumeTrue(real != null, "no shared/data/mnist beside this checkout: nothing to serve");
        return real;
    }

    private static long filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /** Serves the files of a folder, each changed in some way; null answers 404. */
    private String serve(UnaryOperator<byte[]> change, Path from) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath().substring(1);
                    byte[] body =
                            from == null
                                    ? null
                                    : change.apply(Files.readAllBytes(from.resolve(name)));
                    exchange.sendResponseHeaders(
                            body == null ? 404 : 200, body == null ? -1 : body.length);
                    if (body != null) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }
}
